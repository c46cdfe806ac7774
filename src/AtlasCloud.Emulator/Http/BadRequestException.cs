namespace AtlasCloud.Emulation.Http;

/// <summary>A request that is malformed or too large. The connection is closed after the reply.</summary>
internal sealed class BadRequestException : Exception
{
    internal BadRequestException(int status, string message)
        : base(message) => Status = status;

    internal int Status { get; }
}
