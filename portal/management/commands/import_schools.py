from .import_list import Command as ImportList


class Command(ImportList):
    help = "Take in schools from a file, CSV or .xlsx: the same as `import_list schools`."

    def add_arguments(self, parser):
        parser.set_defaults(list="schools")
        self.add_file(parser)
