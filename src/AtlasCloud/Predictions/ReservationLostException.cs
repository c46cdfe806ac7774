namespace AtlasCloud.Predictions;

/// <summary>A request was not submitted, because another run recorded the same request a moment before.</summary>
internal sealed class ReservationLostException() : Exception("Another run recorded the same request a moment before.");
