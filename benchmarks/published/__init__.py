"""Parts of `make evidence`: published answers of real models, measured with the jury's own functions."""
