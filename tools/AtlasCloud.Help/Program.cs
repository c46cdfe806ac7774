namespace AtlasCloud.Help;

/// <summary>Reads a folder of markdown pages and writes the help files of the module.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments.Length != 2)
        {
            Console.Error.WriteLine("usage: AtlasCloud.Help <folder with pages> <folder for help files>");
            return 2;
        }

        IReadOnlyList<PageException> errors = HelpBuilder.Build(arguments[0], arguments[1]);
        foreach (PageException error in errors)
        {
            // MSBuild recognizes this format as an error with a location.
            Console.Error.WriteLine($"{error.File}({error.Line}): error HELP001: {error.Message}");
        }

        return errors.Count == 0 ? 0 : 1;
    }
}
