namespace AtlasCloud.PowerShell.Commands;

/// <summary>A request with its estimated cost, before it is confirmed.</summary>
/// <param name="Request">The request.</param>
/// <param name="Cost">The estimated cost.</param>
internal sealed record PricedRequest(GenerationRequest Request, CostEstimate Cost);
