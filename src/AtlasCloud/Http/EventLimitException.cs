namespace AtlasCloud.Http;

/// <summary>A stream of events goes beyond what any answer needs. Its message says how, as the end of a sentence.</summary>
internal sealed class EventLimitException(string why) : IOException(why);
