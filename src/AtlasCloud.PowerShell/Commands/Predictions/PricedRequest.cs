namespace AtlasCloud.PowerShell.Commands;

/// <summary>A request whose price was asked for before anybody decides about it.</summary>
/// <param name="Request">The request.</param>
/// <param name="Cost">What is known about its cost.</param>
internal sealed record PricedRequest(GenerationRequest Request, CostEstimate Cost);
