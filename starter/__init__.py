"""The package that students write, module by module."""
