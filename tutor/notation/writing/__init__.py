"""From trees to text: one pen, told by a table how each dialect spells."""
