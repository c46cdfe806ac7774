namespace AtlasCloud.Tests.Hostile;

/// <summary>One spoilt reply to one request. Its text is all that is needed to have it once more.</summary>
/// <param name="Fixture">The recorded reply.</param>
/// <param name="Scene">What is asked for when it comes.</param>
/// <param name="Mutation">How it is spoilt.</param>
/// <param name="Seed">Where, and with what.</param>
internal sealed record HostileCase(string Fixture, string Scene, Mutation Mutation, int Seed)
{
    public override string ToString() => $"{Fixture}|{Scene}|{Mutation}|{Seed}";

    internal static HostileCase Parse(string text) => text.Split('|') is [string fixture, string scene, string mutation, string seed]
        ? new HostileCase(fixture, scene, Enum.Parse<Mutation>(mutation), int.Parse(seed, System.Globalization.CultureInfo.InvariantCulture))
        : throw new ArgumentException($"'{text}' is no case: it has to be fixture|scene|mutation|seed.", nameof(text));

    /// <summary>All files with all scenes that such a reply is met in.</summary>
    internal static IReadOnlyList<(string Fixture, string Scene)> Pairs { get; } =
    [
        .. Tests.Fixture.All.SelectMany(f => Scenes.For(f).Select(s => (f, s))),
    ];
}
