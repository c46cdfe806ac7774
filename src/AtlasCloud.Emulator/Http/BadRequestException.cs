namespace AtlasCloud.Emulation.Http;

/// <summary>A request that is no HTTP, or too much of it. The connection ends after the answer.</summary>
internal sealed class BadRequestException : Exception
{
    internal BadRequestException(int status, string message)
        : base(message) => Status = status;

    internal int Status { get; }
}
