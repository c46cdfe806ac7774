namespace AtlasCloud.PowerShell.Commands;

/// <summary>A request with its estimated cost, before it is confirmed.</summary>
/// <param name="Request">The request.</param>
/// <param name="Cost">The estimated cost; null if an earlier request is taken over.</param>
/// <param name="Earlier">The earlier request that is taken over; null if there is none.</param>
internal sealed record PricedRequest(GenerationRequest Request, CostEstimate? Cost, ReuseDecision? Earlier = null);
