namespace AtlasCloud.Help;

/// <summary>Reads a folder of pages and writes the help files of a module.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments.Length != 2)
        {
            Console.Error.WriteLine("usage: AtlasCloud.Help <folder with pages> <folder for help files>");
            return 2;
        }

        IReadOnlyList<PageException> faults = HelpBuilder.Build(arguments[0], arguments[1]);
        foreach (PageException fault in faults)
        {
            // The form that MSBuild takes for an error of its own, with the place to jump to.
            Console.Error.WriteLine($"{fault.File}({fault.Line}): error HELP001: {fault.Message}");
        }

        return faults.Count == 0 ? 0 : 1;
    }
}
