namespace AtlasCloud.Http;

/// <summary>A stream of events exceeds a limit. The message is the end of a sentence.</summary>
internal sealed class EventLimitException(string why) : IOException(why);
