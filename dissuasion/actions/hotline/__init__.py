"""The hotline (96110): what its operators do."""
