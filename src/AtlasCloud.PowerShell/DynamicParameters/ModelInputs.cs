using System.Management.Automation;
using System.Reflection;
using AtlasCloud.Models;

namespace AtlasCloud.PowerShell.DynamicParameters;

/// <summary>
/// The inputs of a model that a command has no parameter for. Each gets a name of its own: one that the command uses for something
/// else is never taken over, but put behind the word Model (an input 'audio' that is a switch is -ModelAudio, since -Audio takes sound).
/// </summary>
internal sealed class ModelInputs
{
    private const string Prefix = "Model";

    // The common parameters and their aliases. Cmdlet.CommonParameters has no aliases.
    private static readonly string[] s_common =
    [
        "Verbose", "vb", "Debug", "db", "ErrorAction", "ea", "WarningAction", "wa", "InformationAction", "infa", "ProgressAction", "proga",
        "ErrorVariable", "ev", "WarningVariable", "wv", "InformationVariable", "iv", "OutVariable", "ov", "OutBuffer", "ob",
        "PipelineVariable", "pv", "WhatIf", "wi", "Confirm", "cf", "UseTransaction", "usetx",
    ];

    private readonly IReadOnlyList<ModelInput> _all;

    private ModelInputs(IReadOnlyList<ModelInput> all) => _all = all;

    /// <summary>All of them, in the model's display order.</summary>
    internal IReadOnlyList<ModelInput> All => _all;

    /// <summary>Names the inputs of a model for a command.</summary>
    /// <param name="schema">The model's inputs.</param>
    /// <param name="taken">Names that commands have for something else.</param>
    internal static ModelInputs Of(ModelSchema schema, IEnumerable<string> taken)
    {
        HashSet<string> used = new(taken, StringComparer.OrdinalIgnoreCase);
        IReadOnlySet<string> covered = CommonInputs.FindCovered(schema);
        List<ModelInput> all = [];
        foreach (ModelParameter member in schema.Parameters.Where(p => !covered.Contains(p.Name)))
        {
            string name = Pascal(member.Name);
            bool isFree = char.IsAsciiLetter(name[0]) && !used.Contains(name) && !used.Contains(member.Name);
            name = isFree ? name : Prefix + name;

            // A name that even so is not free stays reachable through -Parameters.
            if (used.Add(name))
            {
                all.Add(new ModelInput(name, member, isFree && used.Add(member.Name) ? member.Name : null));
            }
        }

        return new ModelInputs(all);
    }

    /// <summary>The input that a column of a table means, however its words are joined; null where there is none.</summary>
    internal ModelInput? Find(string column) =>
        _all.FirstOrDefault(i => i.Member.Name == column)
        ?? _all.FirstOrDefault(i => Plain(i.Member.Name) == Plain(column))
        ?? _all.FirstOrDefault(i => Plain(i.Name) == Plain(column));

    /// <summary>The names and aliases of the parameters of some commands, and of those that all commands have.</summary>
    internal static IReadOnlySet<string> NamesOf(params Type[] commands)
    {
        HashSet<string> names = new(s_common, StringComparer.OrdinalIgnoreCase);
        foreach (PropertyInfo property in commands.SelectMany(c => c.GetProperties()).Where(p => p.IsDefined(typeof(ParameterAttribute))))
        {
            names.Add(property.Name);
            names.UnionWith(property.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []);
        }

        return names;
    }

    private static string Pascal(string member)
    {
        string[] words = member.Split(['_', '-', '.', ' ', '/'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? Prefix : string.Concat(words.Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
    }

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
