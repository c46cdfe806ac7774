using AtlasCloud.Emulation.Account;
using AtlasCloud.Emulation.Catalog;
using AtlasCloud.Emulation.Chaos;
using AtlasCloud.Emulation.Scenarios;

namespace AtlasCloud;

/// <summary>What goes otherwise than usual: rules that are tried in order for every request.</summary>
public sealed class EmulatorScenario
{
    internal EmulatorScenario(IReadOnlyList<ScenarioRule> rules, int seed) => (Rules, Seed) = (rules, seed);

    /// <summary>How many rules there are.</summary>
    public int RuleCount => Rules.Count;

    /// <summary>The start of the chance behind rules with a probability; the same seed gives the same run.</summary>
    public int Seed { get; }

    internal IReadOnlyList<ScenarioRule> Rules { get; }

    /// <summary>What goes wrong by rate; null for nothing.</summary>
    internal ChaosPlan? Chaos { get; init; }

    /// <summary>What becomes of the catalog.</summary>
    internal IReadOnlyList<CatalogChange> CatalogChanges { get; init; } = [];

    /// <summary>What was billed before; null for nothing.</summary>
    internal BillingHistory? History { get; init; }

    /// <summary>Whether the key may not see the bill of the whole account.</summary>
    internal bool HasRestrictedKey { get; init; }

    /// <summary>Reads a scenario.</summary>
    /// <exception cref="FormatException">The text is no JSON, or says something that the emulator does not know. The message names the place.</exception>
    public static EmulatorScenario Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return ScenarioParser.Parse(json);
    }

    /// <summary>Reads a scenario from a file.</summary>
    /// <exception cref="FormatException">The file is no scenario. The message names the file and the place.</exception>
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

    /// <summary>Says how many rules there are.</summary>
    public override string ToString() => $"{RuleCount} rules";
}
