using System.Text.Json;
using System.Text.Json.Nodes;
using AtlasCloud.Http;
using AtlasCloud.Json;
using AtlasCloud.Management;
using AtlasCloud.Text;

namespace AtlasCloud;

/// <summary>
/// Projects, their budgets, and API keys (API reference, section 24). All methods need <see cref="AtlasCloudOptions.ManagementKey"/> and throw NoSession
/// without it, and Authentication if it is rejected or is another kind of key.
/// </summary>
public sealed class ManagementResource
{
    private const int MaxPages = 1000;

    private readonly ManagementConnection _connection;
    private volatile IReadOnlyList<Project> _known = [];

    internal ManagementResource(HttpPipeline? http) => _connection = new ManagementConnection(http);

    /// <summary>The projects as of the last <see cref="ListProjectsAsync"/> of this client; empty before it. Sends no request.</summary>
    public IReadOnlyList<Project> KnownProjects => _known;

    /// <summary>Returns all projects that the service lists, in its order. It may leave out archived ones.</summary>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <exception cref="AtlasCloudException">UnexpectedReply: the list cannot be read completely.</exception>
    public async Task<IReadOnlyList<Project>> ListProjectsAsync(CancellationToken cancellationToken = default)
    {
        List<Project> projects = [];
        HashSet<string> cursors = new(StringComparer.Ordinal);
        string path = "projects";
        for (int page = 0; page < MaxPages; page++)
        {
            JsonElement root = await _connection.GetAsync(path, ManagementSubject.Projects, cancellationToken).ConfigureAwait(false);
            JsonElement? items = FindProjects(root) ?? throw ManagementErrors.Unreadable(ManagementSubject.Projects.Description, null);
            projects.AddRange(items.Items().Select(Project.Read).OfType<Project>());
            string? next = root.ValueKind == JsonValueKind.Object && root.Member("has_more")?.AsBoolean() != false ? root.Text("next_page") : null;
            if (string.IsNullOrEmpty(next))
            {
                return _known = projects.AsReadOnly();
            }

            if (!cursors.Add(next))
            {
                break;
            }

            path = "projects?page=" + Uri.EscapeDataString(next);
        }

        throw ManagementErrors.PagesRepeat(ManagementSubject.Projects.Description);
    }

    /// <summary>Returns a project.</summary>
    /// <param name="projectId">The ID, a UUID.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter: not a UUID. ResourceNotFound: the team has no such project.</exception>
    public async Task<Project> GetProjectAsync(string projectId, CancellationToken cancellationToken = default)
    {
        string id = ManagementInput.RequireProjectId(projectId);
        return await ReadAsync(_connection.GetAsync($"projects/{id}", ManagementSubject.Project("the data", id), cancellationToken), Project.Read, "the project").ConfigureAwait(false);
    }

    /// <summary>
    /// Creates a project. The request is sent once. If its response is lost, the list of projects decides: a project with this name, description and
    /// budget is returned.
    /// </summary>
    /// <param name="name">2 to 64 characters, unique in the account, also among archived projects.</param>
    /// <param name="description">At most 50 characters; null for none.</param>
    /// <param name="budget">The limits; null for none.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="AtlasCloudException">
    /// InvalidParameter: a value does not fit. Conflict: the name is taken, or there are too many projects. SubmitOutcomeUnknown: the response was lost, and
    /// the list does not show the project.
    /// </exception>
    public async Task<Project> CreateProjectAsync(string name, string? description = null, ProjectBudget? budget = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        string cleanName = ManagementInput.RequireName(name, 2, 64);
        string cleanDescription = ManagementInput.RequireDescription(description);
        ProjectBudget limits = budget ?? new ProjectBudget();
        limits.Validate();
        JsonObject body = new() { ["name"] = cleanName };
        if (cleanDescription.Length > 0)
        {
            body["description"] = cleanDescription;
        }

        if (limits.ToJson() is { Count: > 0 } json)
        {
            body["budget"] = json;
        }

        try
        {
            return await _connection.PostOnceAsync(
                "projects", body, ManagementSubject.NewProject(cleanName), Project.Read, "The project may exist.", cancellationToken).ConfigureAwait(false);
        }
        catch (AtlasCloudException exception) when (exception.Kind == AtlasCloudErrorKind.SubmitOutcomeUnknown)
        {
            return await FindCreatedAsync(cleanName, cleanDescription, limits, exception, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Replaces the whole budget of a project. To change one limit, use the current <see cref="Project.Budget"/> with that change.</summary>
    /// <param name="projectId">The ID, a UUID.</param>
    /// <param name="budget">All limits. A limit that is null is removed.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="AtlasCloudException">
    /// InvalidParameter: a value does not fit. ResourceNotFound: the team has no such project. Conflict: the project is archived.
    /// </exception>
    public async Task<Project> SetBudgetAsync(string projectId, ProjectBudget budget, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(budget);
        string id = ManagementInput.RequireProjectId(projectId);
        budget.Validate();
        return await ReadAsync(
            _connection.PutAsync($"projects/{id}/budget", budget.ToJson(), ManagementSubject.Project("the budget", id), cancellationToken), Project.Read, "the budget").ConfigureAwait(false);
    }

    /// <summary>Archives a project, which cannot be undone. Its name stays taken, and its usage can still be read. The request is sent once.</summary>
    /// <param name="projectId">The ID, a UUID.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="AtlasCloudException">
    /// ResourceNotFound: the team has no such project. Conflict: the project cannot be archived. SubmitOutcomeUnknown: the response was lost.
    /// </exception>
    public Task<Project> ArchiveProjectAsync(string projectId, CancellationToken cancellationToken = default)
    {
        string id = ManagementInput.RequireProjectId(projectId);
        return _connection.PostOnceAsync(
            $"projects/{id}/archive", null, ManagementSubject.Project("the archiving", id), Project.Read, "The project may be archived.", cancellationToken);
    }

    /// <summary>Creates an API key. The request is sent once. The result contains the secret, which the service never returns again.</summary>
    /// <param name="name">1 to 128 characters, unique in the account.</param>
    /// <param name="projectId">The ID of an active project.</param>
    /// <param name="cancellationToken">Cancels the request. A key that was created nevertheless is lost.</param>
    /// <exception cref="AtlasCloudException">
    /// Conflict: the name is taken, or the project is archived. SubmitOutcomeUnknown: the response was lost; if the key exists, its secret cannot be read.
    /// </exception>
    public Task<ApiKey> CreateApiKeyAsync(string name, string projectId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        string cleanName = ManagementInput.RequireName(name, 1, 128);
        JsonObject body = new() { ["name"] = cleanName, [ManagementNames.ProjectOfKey] = ManagementInput.RequireProjectId(projectId) };
        return _connection.PostOnceAsync(
            "api-keys", body, ManagementSubject.NewKey(cleanName), ApiKey.ReadCreated, "If the key exists, its secret is lost, and its name is taken.", cancellationToken);
    }

    /// <summary>Disables an API key, which cannot be undone. The request is sent once; repeating it is harmless.</summary>
    /// <param name="apiKeyId">The public ID (ak_…).</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="AtlasCloudException">ResourceNotFound: the team has no such key. SubmitOutcomeUnknown: the response was lost.</exception>
    public Task<ApiKey> DisableApiKeyAsync(string apiKeyId, CancellationToken cancellationToken = default)
    {
        string id = ManagementInput.RequireKeyId(apiKeyId);
        return _connection.PostOnceAsync(
            $"api-keys/{id}/disable", null, ManagementSubject.Key("the disabling", id), ApiKey.Read, "The key may still be active.", cancellationToken);
    }

    /// <summary>Removes an API key, which cannot be undone. Its usage can still be read. Removing it again succeeds.</summary>
    /// <param name="apiKeyId">The public ID (ak_…).</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="AtlasCloudException">ResourceNotFound: the team never had such a key.</exception>
    public Task RemoveApiKeyAsync(string apiKeyId, CancellationToken cancellationToken = default)
    {
        string id = ManagementInput.RequireKeyId(apiKeyId);
        return _connection.DeleteAsync($"api-keys/{id}", ManagementSubject.Key("the removal", id), cancellationToken);
    }

    /// <summary>Replaces the allowance of an API key. Its usage is kept, also if it exceeds the new allowance.</summary>
    /// <param name="apiKeyId">The public ID (ak_…).</param>
    /// <param name="allowance">What the key may spend.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter: the amount does not fit. ResourceNotFound: the service does not know the key, or it was removed.</exception>
    public async Task<ApiKey> SetAllowanceAsync(string apiKeyId, KeyAllowance allowance, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(allowance);
        string id = ManagementInput.RequireKeyId(apiKeyId);
        ManagementInput.RequireAmount(nameof(KeyAllowance.Amount), allowance.Amount);
        return await ReadAsync(
            _connection.PutAsync($"api-keys/{id}/allowance", allowance.ToJson(), ManagementSubject.Key("the allowance", id), cancellationToken), ApiKey.Read, "the allowance").ConfigureAwait(false);
    }

    /// <summary>Returns the requests and settled costs of a project, also of an archived one.</summary>
    /// <param name="projectId">The ID, a UUID.</param>
    /// <param name="from">The start, rounded down to a full hour in UTC.</param>
    /// <param name="to">The end, exclusive, rounded up to a full hour in UTC. More than 31 days are requested in parts and added up.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter: the time is empty. ResourceNotFound: the team has no such project.</exception>
    public Task<SettledUsage> GetProjectUsageAsync(string projectId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default)
    {
        string id = ManagementInput.RequireProjectId(projectId);
        return UsageWindows.ReadAsync(
            _connection, $"projects/{id}/usage", ManagementSubject.Project("the usage", id), from, to, u => u with { ProjectId = u.ProjectId ?? id }, cancellationToken);
    }

    /// <summary>Returns the requests and settled costs of an API key, also of one that is disabled.</summary>
    /// <param name="apiKeyId">The public ID (ak_…).</param>
    /// <param name="from">The start, rounded down to a full hour in UTC.</param>
    /// <param name="to">The end, exclusive, rounded up to a full hour in UTC. More than 31 days are requested in parts and added up.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <exception cref="AtlasCloudException">InvalidParameter: the time is empty. ResourceNotFound: the team has no such key.</exception>
    public Task<SettledUsage> GetApiKeyUsageAsync(string apiKeyId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default)
    {
        string id = ManagementInput.RequireKeyId(apiKeyId);
        return UsageWindows.ReadAsync(
            _connection, $"api-keys/{id}/usage", ManagementSubject.Key("the usage", id), from, to, u => u with { ApiKeyId = u.ApiKeyId ?? id }, cancellationToken);
    }

    private async Task<Project> FindCreatedAsync(string name, string description, ProjectBudget budget, AtlasCloudException lost, CancellationToken cancellationToken)
    {
        Project? found;
        try
        {
            IReadOnlyList<Project> projects = await ListProjectsAsync(cancellationToken).ConfigureAwait(false);
            found = projects.FirstOrDefault(p => p.Name == name);
        }
        catch (AtlasCloudException)
        {
            // The first failure is the one to report.
            throw lost;
        }

        return found switch
        {
            null => throw lost.With(message: $"{lost.Message} The list of projects does not contain it at the moment."),
            { IsArchived: false } when found.Description == description && found.Budget.HasSameLimits(budget) => found,
            _ => throw lost.With(message: $"{lost.Message} A project with this name exists, but its description, budget or status is different.", target: found),
        };
    }

    private static async Task<T> ReadAsync<T>(Task<JsonElement> request, Func<JsonElement, T?> read, string description)
        where T : class
    {
        JsonElement root = await request.ConfigureAwait(false);
        return read(ResponseEnvelope.Unwrap(root)) ?? throw ManagementErrors.Unreadable(description, root.Text("request_id") is string id ? SafeText.Sanitize(id, length: 100) : null);
    }

    /// <summary>The list in a response to the request for the projects; null if there is none.</summary>
    internal static JsonElement? FindProjects(JsonElement root) =>
        (root.ValueKind == JsonValueKind.Array ? root : root.FirstMember("data", "projects")) is JsonElement { ValueKind: JsonValueKind.Array } items ? items : null;
}
