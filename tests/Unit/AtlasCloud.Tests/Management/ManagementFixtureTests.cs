using System.Text.Json;

namespace AtlasCloud.Tests;

/// <summary>Each recorded response and request body of the management API.</summary>
public sealed class ManagementFixtureTests
{
    private static readonly Dictionary<string, (Func<ManagementResource, Task<object>> Call, string Expected)> s_expected = new(StringComparer.Ordinal)
    {
        ["project-created.json"] = (CreateAsync, "studio-north | Pictures | active | False | 100.00 per month, alert at 80 %"),
        ["project.json"] = (async m => await m.GetProjectAsync(SomeManagement.ProjectId), "studio-north | Pictures | active | False | 100.00 per month, alert at 80 %"),
        ["budget-replaced.json"] = (async m => await m.SetBudgetAsync(SomeManagement.ProjectId, Budget()), "studio-north | Pictures | active | False | 10.00 per day, 500.00 in total"),
        ["project-archived.json"] = (async m => await m.ArchiveProjectAsync(SomeManagement.ProjectId), "studio-north | Pictures | archived | False | 10.00 per day, 500.00 in total"),
        ["projects-list.json"] = (async m => await m.ListProjectsAsync(), "Default, studio-north, old (archived)"),
        ["project-usage.json"] = (async m => await m.GetProjectUsageAsync(SomeManagement.ProjectId, s_from, s_from.AddDays(1)), SomeManagement.ProjectId + " 31 28 3 4.217500 usd"),
        ["api-key-usage.json"] = (async m => await m.GetApiKeyUsageAsync(SomeManagement.KeyId, s_from, s_from.AddDays(1)), SomeManagement.KeyId + " 12 12 0 0.960000 usd"),
        ["api-key-created.json"] = (CreateKeyAsync, "render-farm | active | unlimited | apikey-made-up-for-samples-00000000000000000000"),
        ["api-key-disabled.json"] = (async m => await m.DisableApiKeyAsync(SomeManagement.KeyId), "render-farm | disabled | unlimited | "),
        ["allowance-periodic.json"] = (async m => await m.SetAllowanceAsync(SomeManagement.KeyId, KeyAllowance.Periodic(25m, AllowancePeriod.Month)), "render-farm | active | 25.00 per month | "),
        ["allowance-fixed.json"] = (async m => await m.SetAllowanceAsync(SomeManagement.KeyId, KeyAllowance.Fixed(5m)), "render-farm | active | 5.00 in total | "),
    };

    private static readonly DateTimeOffset s_from = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Files => Fixture.Files("management");

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Each_recorded_response_is_read_completely(string file)
    {
        Assert.True(s_expected.TryGetValue(file, out (Func<ManagementResource, Task<object>> Call, string Expected) known), $"management/{file} has no expectation.");
        StubHandler service = new(Fixture.Reply("management/" + file));

        object read = await known.Call(SomeManagement.Resource(service));

        Assert.Equal(known.Expected, Describe(read));
        Assert.Equal("Bearer " + SomeManagement.Key, Assert.Single(service.Seen).Headers["Authorization"]);
    }

    [Theory]
    [InlineData("management-project-create.json", "project-created.json", "/public/v1/projects")]
    [InlineData("management-budget.json", "budget-replaced.json", "/public/v1/projects/" + SomeManagement.ProjectId + "/budget")]
    [InlineData("management-api-key.json", "api-key-created.json", "/public/v1/api-keys")]
    [InlineData("management-allowance.json", "allowance-periodic.json", "/public/v1/api-keys/" + SomeManagement.KeyId + "/allowance")]
    public async Task Request_body_equals_the_recorded_one(string request, string response, string path)
    {
        StubHandler service = new(Fixture.Reply("management/" + response));

        await s_expected[response].Call(SomeManagement.Resource(service));

        SeenRequest sent = Assert.Single(service.Seen);
        Assert.Equal(JsonSerializer.Serialize(Fixture.Json("requests/" + request)), sent.Body());
        Assert.Equal(path, sent.Path);
    }

    private static async Task<object> CreateAsync(ManagementResource management) =>
        await management.CreateProjectAsync(" studio-north ", "Pictures", new ProjectBudget { MonthlyLimit = 100m, UsageAlertPercent = 80 });

    private static async Task<object> CreateKeyAsync(ManagementResource management) => await management.CreateApiKeyAsync("render-farm", SomeManagement.ProjectId);

    private static ProjectBudget Budget() => new() { DailyLimit = 10m, TotalLimit = 500m };

    private static string Describe(object read) => read switch
    {
        Project project => $"{project} | {project.Description} | {project.Status} | {project.IsDefault} | {project.Budget}",
        ApiKey key => $"{key} | {key.Status} | {key.Allowance} | {SomeManagement.SecretText(key)}",
        SettledUsage usage => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{usage.ProjectId}{usage.ApiKeyId} {usage.Requests} {usage.Successes} {usage.Failures} {usage.Amount} {usage.Currency}"),
        IReadOnlyList<Project> projects => string.Join(", ", projects.Select(p => p.IsArchived ? $"{p} (archived)" : p.ToString())),
        _ => read.ToString()!,
    };
}
