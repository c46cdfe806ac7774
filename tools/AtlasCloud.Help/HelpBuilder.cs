using System.Text;
using System.Xml;

namespace AtlasCloud.Help;

/// <summary>Converts a folder of markdown pages into the help files of the module.</summary>
internal static class HelpBuilder
{
    internal const string HelpFile = "AtlasCloud.PowerShell.dll-Help.xml";

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Reads every page and returns the errors found. Writes the files only when there is no error.</summary>
    internal static IReadOnlyList<PageException> Build(string source, string destination)
    {
        List<PageException> errors = [];
        List<CommandPage> pages = [];
        SortedDictionary<string, string> topics = new(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(source, "*.md").Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileNameWithoutExtension(file);
            try
            {
                if (name.StartsWith("about_", StringComparison.Ordinal))
                {
                    topics[name] = AboutTopic.Write(file, File.ReadAllText(file));
                }
                else
                {
                    pages.Add(CommandPageReader.Read(file, File.ReadAllText(file)));
                }
            }
            catch (PageException error)
            {
                errors.Add(error);
            }
        }

        if (pages.Count == 0 && errors.Count == 0)
        {
            errors.Add(new PageException(source, 1, "The folder contains no command page."));
        }

        if (errors.Count == 0)
        {
            Write(destination, pages, topics);
        }

        return errors;
    }

    private static void Write(string destination, IReadOnlyList<CommandPage> pages, IReadOnlyDictionary<string, string> topics)
    {
        Directory.CreateDirectory(destination);
        XmlWriterSettings settings = new() { Encoding = s_utf8, Indent = true, NewLineChars = "\n", NewLineHandling = NewLineHandling.None };
        using (XmlWriter writer = XmlWriter.Create(Path.Combine(destination, HelpFile), settings))
        {
            MamlWriter.Write(pages).Save(writer);
        }

        foreach ((string name, string text) in topics)
        {
            File.WriteAllText(Path.Combine(destination, name + ".help.txt"), text, s_utf8);
        }
    }
}
