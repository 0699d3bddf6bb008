"""Mixed models: designs, formulas and data become y = Xβ + Zu + ε.

The plural keeps the package apart from its main function, ``tutor.model(formula, data)``: Python binds a package's
name in its parent as soon as any module of it is imported.
"""
