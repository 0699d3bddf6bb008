"""From a syntax tree to statements: what each name stands for, sizes found, dots completed, trees built."""
