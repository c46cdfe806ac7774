using System.Net;
using System.Text.Json;

namespace AtlasCloud.Tests;

/// <summary>Clients with a management key, and plausible values for them.</summary>
internal static class SomeManagement
{
    internal const string Key = "mgmt-9c1f7b3a5d2e4860";
    internal const string ProjectId = "019a6eab-7c00-7000-8000-000000000201";
    internal const string KeyId = "ak_0SampleKeyId0123456789";

    internal static AtlasCloudOptions Options() => new() { ApiKey = Some.Key, ManagementKey = Key };

    internal static ManagementResource Resource(StubHandler handler, FakeClock? clock = null) => Some.Client(handler, clock, Options()).Management;

    internal static StubReply Lost() => StubReply.Fault(HttpRequestError.ResponseEnded);

    internal static string Body(this SeenRequest request) => JsonSerializer.Serialize(Some.Json(System.Text.Encoding.UTF8.GetString(request.Body)));

    internal static string SecretText(ApiKey key) => new NetworkCredential("", key.Secret).Password;
}
