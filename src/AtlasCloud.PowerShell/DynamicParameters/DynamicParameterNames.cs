using System.Management.Automation;
using System.Reflection;
using AtlasCloud.PowerShell.Commands;

namespace AtlasCloud.PowerShell.DynamicParameters;

/// <summary>
/// Decides which inputs of a model become dynamic parameters, and under which names. A name that the commands use for something else is
/// prefixed with Model: an input 'audio' that is a switch becomes -ModelAudio, since -Audio takes audio files.
/// </summary>
internal static class DynamicParameterNames
{
    private const string Prefix = "Model";
    private const int MaxLength = 128;

    // The common parameters and their aliases. The engine's own list needs a runspace.
    private static readonly string[] s_commonParameters =
    [
        "Verbose", "vb", "Debug", "db", "ErrorAction", "ea", "WarningAction", "wa", "InformationAction", "infa", "ProgressAction", "proga",
        "ErrorVariable", "ev", "WarningVariable", "wv", "InformationVariable", "iv", "OutVariable", "ov", "OutBuffer", "ob",
        "PipelineVariable", "pv", "WhatIf", "wi", "Confirm", "cf", "UseTransaction", "usetx",
    ];

    private static readonly Lazy<IReadOnlySet<string>> s_reserved = new(() => GetParameterNames(typeof(NewAtlasVideoCommand), typeof(MeasureAtlasCostCommand)));

    /// <summary>The names that a model's own inputs cannot have on any command that creates requests.</summary>
    internal static IReadOnlySet<string> Reserved => s_reserved.Value;

    /// <summary>Assigns parameter names to the inputs of a model that no parameter covers.</summary>
    /// <param name="schema">The model's inputs.</param>
    /// <param name="reserved">Names that commands use for something else.</param>
    internal static IReadOnlyList<ModelInput> Assign(ModelSchema schema, IEnumerable<string> reserved)
    {
        HashSet<string> used = new(reserved, StringComparer.OrdinalIgnoreCase);
        List<ModelInput> all = [];
        foreach (ModelParameter member in schema.ModelSpecificParameters)
        {
            string name = ToPascalCase(member.Name);
            bool isFree = char.IsAsciiLetter(name[0]) && !used.Contains(name) && !used.Contains(member.Name);
            name = isFree ? name : Prefix + name;

            // An input whose prefixed name is used as well, or is not an identifier, can still be given through -Parameters.
            if (IsIdentifier(name) && used.Add(name))
            {
                all.Add(new ModelInput(name, member, isFree && IsIdentifier(member.Name) && used.Add(member.Name) ? member.Name : null));
            }
        }

        return all;
    }

    /// <summary>Assigns parameter names to inputs that a parameter covers, so that they can also be specified by the model's own name.</summary>
    /// <param name="schema">The model's inputs.</param>
    /// <param name="reserved">Names that are used for something else.</param>
    internal static IReadOnlyList<ModelInput> AssignSpellings(ModelSchema schema, IEnumerable<string> reserved)
    {
        HashSet<string> used = new(reserved, StringComparer.OrdinalIgnoreCase);
        List<ModelInput> all = [];
        foreach (ModelParameter member in schema.Parameters)
        {
            string name = ToPascalCase(member.Name);
            if (schema.FindCommonInput(member) is CommonInput common && char.IsAsciiLetter(name[0]) && !used.Contains(member.Name) && used.Add(name))
            {
                all.Add(new ModelInput(name, member, used.Add(member.Name) ? member.Name : null, common));
            }
        }

        return all;
    }

    /// <summary>Returns the names and aliases of the parameters of commands, including the common parameters.</summary>
    internal static IReadOnlySet<string> GetParameterNames(params Type[] commands)
    {
        HashSet<string> names = new(s_commonParameters, StringComparer.OrdinalIgnoreCase);
        foreach (PropertyInfo property in commands.SelectMany(c => c.GetProperties()).Where(p => p.IsDefined(typeof(ParameterAttribute))))
        {
            names.Add(property.Name);
            names.UnionWith(property.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []);
        }

        return names;
    }

    /// <summary>
    /// True for a letter followed by letters, digits and underscores, all of ASCII. PowerShell inserts the names of parameters into the command line
    /// without quotes, and runs what follows a character such as a semicolon.
    /// </summary>
    internal static bool IsIdentifier(string name) =>
        name.Length is > 0 and <= MaxLength && char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static string ToPascalCase(string member)
    {
        string[] words = member.Split(['_', '-', '.', ' ', '/'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? Prefix : string.Concat(words.Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
    }
}
