"""Generalized linear mixed models: a family and a link around the linear predictor η = Xβ + Zu of a mixed model."""
