namespace AtlasCloud.Tests.Hostile;

/// <summary>One mutated response to one request. Its text is sufficient to reproduce it.</summary>
/// <param name="Fixture">The recorded response.</param>
/// <param name="Scene">The request it responds to.</param>
/// <param name="Mutation">The kind of mutation.</param>
/// <param name="Seed">The seed for the place and content of the mutation.</param>
internal sealed record HostileCase(string Fixture, string Scene, Mutation Mutation, int Seed)
{
    public override string ToString() => $"{Fixture}|{Scene}|{Mutation}|{Seed}";

    internal static HostileCase Parse(string text) => text.Split('|') is [string fixture, string scene, string mutation, string seed]
        ? new HostileCase(fixture, scene, Enum.Parse<Mutation>(mutation), int.Parse(seed, System.Globalization.CultureInfo.InvariantCulture))
        : throw new ArgumentException($"'{text}' is not a valid case: expected fixture|scene|mutation|seed.", nameof(text));

    /// <summary>All files with all scenes in which such a response occurs.</summary>
    internal static IReadOnlyList<(string Fixture, string Scene)> Pairs { get; } =
    [
        .. Tests.Fixture.All.SelectMany(f => Scenes.For(f).Select(s => (f, s))),
    ];
}
