namespace AtlasCloud.Mcp;

/// <summary>What a client of the server may do. The client cannot change any of it.</summary>
public sealed record AtlasMcpOptions
{
    /// <summary>The maximum cost of one request, in US dollars. Default: null, which leaves only the budget of the client.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>The price in US dollars above which a request must repeat its price as a confirmation. Default: null, never.</summary>
    public decimal? ConfirmAbove { get; init; }

    /// <summary>The folder for saved results. Default: null, nothing can be saved.</summary>
    public string? OutputRoot { get; init; }

    /// <summary>The folder that local input files are read from. Default: null, no file can be read.</summary>
    public string? InputRoot { get; init; }

    /// <summary>Whether only tools are offered that cost nothing and upload nothing. Default: false.</summary>
    public bool IsReadOnly { get; init; }
}
