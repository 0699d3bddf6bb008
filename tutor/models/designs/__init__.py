"""The named designs by kind; `tutor.models.catalogue` has them all."""
