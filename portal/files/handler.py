from django.core.files.uploadhandler import TemporaryFileUploadHandler

LONGEST_SUFFIX = 10


class ShortSuffixFileUploadHandler(TemporaryFileUploadHandler):
    """Django names its temporary file after everything behind the last dot, which may be longer than a file system takes."""

    def new_file(self, field_name, file_name, *args, **kwargs):
        name, dot, suffix = file_name.rpartition(".")
        super().new_file(field_name, f"{name}{dot}{suffix[:LONGEST_SUFFIX]}", *args, **kwargs)
        self.file.name = file_name
