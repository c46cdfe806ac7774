using AtlasCloud.Emulation.Account;
using AtlasCloud.Emulation.Catalog;
using AtlasCloud.Emulation.Chaos;
using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud;

/// <summary>Rules that override replies and inject faults, evaluated in order for every request.</summary>
public sealed class EmulatorScenario
{
    internal EmulatorScenario(IReadOnlyList<ScenarioRule> rules, int seed) => (Rules, Seed) = (rules, seed);

    /// <summary>The number of rules.</summary>
    public int RuleCount => Rules.Count;

    /// <summary>The seed for rules with a probability and for chaos; the same seed gives the same run.</summary>
    public int Seed { get; }

    internal IReadOnlyList<ScenarioRule> Rules { get; }

    /// <summary>The faults to inject at a rate; null for none.</summary>
    internal ChaosPlan? Chaos { get; init; }

    /// <summary>The changes of the catalog.</summary>
    internal IReadOnlyList<CatalogChange> CatalogChanges { get; init; } = [];

    /// <summary>The billing history to generate; null for none.</summary>
    internal BillingHistory? History { get; init; }

    /// <summary>Whether the key lacks the permission to read the billing data of the whole account.</summary>
    internal bool HasRestrictedKey { get; init; }

    /// <summary>The clock of all replies whose rule has none.</summary>
    internal ScenarioClock Clock { get; init; } = ScenarioClock.Accurate;

    /// <summary>The keys of further accounts.</summary>
    internal IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>Parses a scenario.</summary>
    /// <exception cref="FormatException">The text is not valid JSON or contains unknown members or values. The message contains their path.</exception>
    public static EmulatorScenario Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return ScenarioParser.Parse(json);
    }

    /// <summary>Loads a scenario from a file.</summary>
    /// <exception cref="FormatException">The file is not a valid scenario. The message contains the file name and the path within it.</exception>
    public static EmulatorScenario Load(string path)
    {
        string json = File.ReadAllText(path);
        try
        {
            return Parse(json);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>Returns the number of rules.</summary>
    public override string ToString() => $"{RuleCount} rules";
}
