using System.Text.Json;
using AtlasCloud.Http;
using AtlasCloud.Json;
using AtlasCloud.Management;
using AtlasCloud.Text;

namespace AtlasCloud.Diagnostics;

/// <summary>Sends single requests that test the connection, and describes their outcome instead of throwing.</summary>
/// <param name="options">The options of the client.</param>
/// <param name="http">The connection with the API key.</param>
/// <param name="management">The connection with the management key; null if there is none.</param>
/// <param name="clock">Measures times.</param>
internal sealed class ConnectionProbe(AtlasCloudOptions options, HttpPipeline http, HttpPipeline? management, TimeProvider clock)
{
    /// <summary>A diagnosis has to be quick even if the client is configured to be patient.</summary>
    private static readonly TimeSpan s_maxTimeout = TimeSpan.FromSeconds(10);

    internal async Task<ProbeResult> RunAsync(ProbeTarget target, CancellationToken cancellationToken)
    {
        ApiCall call = CreateCall(target);
        ApiResponse? response = null;
        AtlasCloudException? failure = null;
        DateTimeOffset sentAt = clock.GetUtcNow();
        long start = clock.GetTimestamp();
        try
        {
            HttpPipeline connection = target == ProbeTarget.Projects ? ManagementConnection.Require(management, call.Description) : http;
            response = await connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        }
        catch (AtlasCloudException exception)
        {
            failure = exception;
        }

        TimeSpan duration = clock.GetElapsedTime(start);
        ProbeResult result = new()
        {
            Target = target,
            Address = call.Address,
            Duration = duration,

            // The service read its clock about halfway between request and response.
            ClockOffset = sentAt + (duration / 2) - response?.Date,
            Failure = failure,
        };
        return response is null ? result : Read(result, response, call.Description);
    }

    private ApiCall CreateCall(ProbeTarget target)
    {
        (Uri address, string description) = target switch
        {
            ProbeTarget.Catalog => (http.Media("models"), "the model catalog"),
            ProbeTarget.LanguageModels => (http.Llm("v1/models"), "the language models"),
            ProbeTarget.Balance => (http.Billing("balance"), "the balance"),
            ProbeTarget.Projects => (http.Billing("projects"), ManagementSubject.Projects.Description),
            _ => throw new ArgumentOutOfRangeException(nameof(target), target, "The probe target is not defined."),
        };
        return new ApiCall(HttpMethod.Get, address, description)
        {
            NeedsKey = target is ProbeTarget.Balance or ProbeTarget.Projects,
            RetryPolicy = RetryPolicy.Never,
            Timeout = options.RequestTimeout < s_maxTimeout ? options.RequestTimeout : s_maxTimeout,
        };
    }

    private ProbeResult Read(ProbeResult result, ApiResponse response, string description)
    {
        AtlasCloudException? refusal = result.Target == ProbeTarget.Projects
            ? ManagementErrors.Find(response, ManagementSubject.Projects, management?.Key)
            : ResponseErrors.Find(response, description, http.Key);
        if (refusal is not null)
        {
            return result with { Failure = refusal };
        }

        JsonElement json = response.Json ?? default;
        if (result.Target == ProbeTarget.Projects)
        {
            return ManagementResource.FindProjects(json) is null ? result with { Failure = NotOfTheService(response, "a list of projects") } : result;
        }

        if (result.Target == ProbeTarget.Balance)
        {
            return Balance.Read(json) is Balance balance ? result with { Balance = balance } : result with { Failure = NotOfTheService(response, "an amount") };
        }

        int count = json.Member("data").Items().Count();
        return count > 0 ? result with { ModelCount = count } : result with { Failure = NotOfTheService(response, "a list of models") };
    }

    private AtlasCloudException NotOfTheService(ApiResponse response, string expected)
    {
        string message = SafeText.Sanitize(ResponseErrors.FindMessage(response), http.Key, 100);
        return new AtlasCloudException(
            AtlasCloudErrorKind.UnexpectedReply,
            $"The response does not contain {expected}{(message.Length > 0 ? $": \"{message}\"" : "")}.")
        {
            Status = response.Status,
            RequestId = response.RequestId,
        };
    }
}
