"""The command `course`: derive the stubs, check a package, grade a class, release the course."""
