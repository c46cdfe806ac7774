using System.Text;
using System.Xml;

namespace AtlasCloud.Help;

/// <summary>Turns a folder of pages into the files that ship.</summary>
internal static class HelpBuilder
{
    internal const string HelpFile = "AtlasCloud.PowerShell.dll-Help.xml";

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Reads every page and returns what is wrong with any. Files are written only where nothing is.</summary>
    internal static IReadOnlyList<PageException> Build(string source, string destination)
    {
        List<PageException> faults = [];
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
            catch (PageException fault)
            {
                faults.Add(fault);
            }
        }

        if (pages.Count == 0 && faults.Count == 0)
        {
            faults.Add(new PageException(source, 1, "There is no page of a command in this folder."));
        }

        if (faults.Count == 0)
        {
            Write(destination, pages, topics);
        }

        return faults;
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
