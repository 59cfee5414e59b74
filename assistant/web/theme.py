"""Gradio's theme in our colours and with the system's own fonts: nothing is fetched for it."""

from __future__ import annotations

import gradio as gr

_FONT = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")
_MONO = ("ui-monospace", "Consolas", "Noto Sans Mono", "monospace")


def theme() -> gr.themes.Base:
    """Colours come from the variables of app.css, so that Gradio's parts and ours agree in light and dark."""
    made = gr.themes.Base(font=_FONT, font_mono=_MONO, text_size="lg", radius_size="md")
    colours = {
        "body_background_fill": "var(--paper)",
        "body_text_color": "var(--ink)",
        "body_text_color_subdued": "var(--muted)",
        "background_fill_primary": "var(--surface)",
        "background_fill_secondary": "var(--paper)",
        "border_color_primary": "var(--line)",
        "block_background_fill": "var(--surface)",
        "block_border_color": "var(--line)",
        "block_label_text_color": "var(--ink)",
        "block_title_text_color": "var(--ink)",
        "input_background_fill": "var(--surface)",
        "input_border_color": "var(--edge)",
        "input_border_color_focus": "var(--accent)",
        "input_placeholder_color": "var(--muted)",
        "button_primary_background_fill": "var(--accent)",
        "button_primary_text_color": "var(--on-accent)",
        "button_primary_background_fill_hover": "var(--accent-strong)",
        "button_secondary_background_fill": "var(--surface)",
        "button_secondary_background_fill_hover": "var(--accent-soft)",
        "button_secondary_text_color": "var(--accent)",
        "button_secondary_border_color": "var(--edge)",
        "color_accent": "var(--accent)",
    }
    dark = {f"{name}_dark": value for name, value in colours.items() if hasattr(made, f"{name}_dark")}
    made.set(**colours, **dark)
    return made
