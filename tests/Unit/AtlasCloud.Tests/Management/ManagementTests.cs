
namespace AtlasCloud.Tests;

public sealed class ManagementTests
{
    private static readonly DateTimeOffset s_from = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Creation_of_a_key_is_sent_once_and_a_lost_response_is_an_unknown_outcome()
    {
        StubHandler service = new(SomeManagement.Lost());

        AtlasCloudException error = await Assert.ThrowsAsync<AtlasCloudException>(
            () => SomeManagement.Resource(service).CreateApiKeyAsync("render-farm", SomeManagement.ProjectId));

        Assert.Single(service.Seen);
        Assert.Equal((AtlasCloudErrorKind.SubmitOutcomeUnknown, AtlasCloudErrorReason.ApiKeyOutcomeUnknown, "render-farm"), (error.Kind, error.Reason, error.Value));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Creation_of_a_key_is_not_retried_after_a_server_error(int status)
    {
        StubHandler service = new(StubReply.Json("{}", status));

        AtlasCloudException error = await Assert.ThrowsAsync<AtlasCloudException>(
            () => SomeManagement.Resource(service).CreateApiKeyAsync("render-farm", SomeManagement.ProjectId));

        Assert.Single(service.Seen);
        Assert.Equal(AtlasCloudErrorKind.SubmitOutcomeUnknown, error.Kind);
    }

    [Fact]
    public async Task Creation_of_a_key_is_not_retried_after_429()
    {
        StubHandler service = new(Fixture.Reply("errors/429-with-retry-after.json"));

        AtlasCloudException error = await Assert.ThrowsAsync<AtlasCloudException>(
            () => SomeManagement.Resource(service).CreateApiKeyAsync("render-farm", SomeManagement.ProjectId));

        Assert.Single(service.Seen);
        Assert.Equal((AtlasCloudErrorKind.RateLimited, TimeSpan.FromSeconds(30)), (error.Kind, error.RetryAfter));
    }

    [Fact]
    public async Task Creation_of_a_key_that_was_not_sent_is_no_unknown_outcome()
    {
        StubHandler service = new(StubReply.Fault(HttpRequestError.ConnectionError));

        AtlasCloudException error = await Assert.ThrowsAsync<AtlasCloudException>(
            () => SomeManagement.Resource(service).CreateApiKeyAsync("render-farm", SomeManagement.ProjectId));

        Assert.Equal(AtlasCloudErrorKind.ConnectionFailed, error.Kind);
    }

    [Fact]
    public async Task Response_without_the_secret_is_an_unknown_outcome_that_does_not_quote_it()
    {
        StubHandler service = new(StubReply.Json("""{"key":"apikey-without-an-id-0123456789"}"""));

        AtlasCloudException error = await Assert.ThrowsAsync<AtlasCloudException>(
            () => SomeManagement.Resource(service).CreateApiKeyAsync("render-farm", SomeManagement.ProjectId));

        Assert.Equal(AtlasCloudErrorReason.ApiKeyOutcomeUnknown, error.Reason);
        Assert.DoesNotContain("without-an-id", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4097)]
    [InlineData(1 << 20)]
    public async Task Response_with_a_secret_of_impossible_length_is_an_unknown_outcome(int length)
    {
        StubHandler service = new(StubReply.Json($$"""{"id":"ak_0SampleKeyId0123456789","key":"{{new string('k', length)}}"}"""));

        AtlasCloudException error = await Assert.ThrowsAsync<AtlasCloudException>(
            () => SomeManagement.Resource(service).CreateApiKeyAsync("render-farm", SomeManagement.ProjectId));

        Assert.Equal(AtlasCloudErrorReason.ApiKeyOutcomeUnknown, error.Reason);
    }

    [Fact]
    public async Task Request_id_of_an_unreadable_response_is_shown_without_control_characters()
    {
        StubHandler service = new(StubReply.Json("""{"request_id":"\r\u001b[2Kreq_1","name":"studio-north"}"""));

        AtlasCloudException error = await Assert.ThrowsAsync<AtlasCloudException>(
            () => SomeManagement.Resource(service).GetProjectAsync(SomeManagement.ProjectId));

        Assert.Equal("[2Kreq_1", error.RequestId!.Trim());
    }

    [Fact]
    public async Task Lost_creation_of_a_project_is_found_in_the_list()
    {
        StubHandler service = new(SomeManagement.Lost(), Fixture.Reply("management/projects-list.json"));

        Project found = await SomeManagement.Resource(service).CreateProjectAsync(
            "studio-north", "Pictures", new ProjectBudget { MonthlyLimit = 100m, UsageAlertPercent = 80 });

        Assert.Equal(SomeManagement.ProjectId, found.Id);
        Assert.Equal([HttpMethod.Post, HttpMethod.Get], service.Seen.Select(r => r.Method));
    }

    [Theory]
    [InlineData("studio-south", "Pictures")]
    [InlineData("studio-north", "Other pictures")]
    [InlineData("old", "")]
    public async Task Lost_creation_of_a_project_that_the_list_does_not_show_is_not_sent_again(string name, string description)
    {
        StubHandler service = new(SomeManagement.Lost(), Fixture.Reply("management/projects-list.json"));

        AtlasCloudException error = await Assert.ThrowsAsync<AtlasCloudException>(
            () => SomeManagement.Resource(service).CreateProjectAsync(name, description, new ProjectBudget { MonthlyLimit = 100m, UsageAlertPercent = 80 }));

        Assert.Equal((AtlasCloudErrorKind.SubmitOutcomeUnknown, AtlasCloudErrorReason.ProjectOutcomeUnknown), (error.Kind, error.Reason));
        Assert.Single(service.Seen, r => r.Method == HttpMethod.Post);
    }

    [Theory]
    [InlineData("public-409-project-limit.json", AtlasCloudErrorReason.ProjectLimitReached)]
    [InlineData("public-409-name-taken.json", AtlasCloudErrorReason.ProjectNameTaken)]
    public async Task Conflict_of_a_new_project_names_its_reason(string file, AtlasCloudErrorReason reason)
    {
        AtlasCloudException error = await Assert.ThrowsAsync<AtlasCloudException>(
            () => SomeManagement.Resource(new StubHandler(Fixture.Reply("errors/" + file))).CreateProjectAsync("studio-north"));

        Assert.Equal((AtlasCloudErrorKind.Conflict, reason, "studio-north"), (error.Kind, error.Reason, error.Value));
    }

    [Fact]
    public async Task Conflict_of_a_new_key_says_that_the_name_is_taken()
    {
        AtlasCloudException error = await Assert.ThrowsAsync<AtlasCloudException>(
            () => SomeManagement.Resource(new StubHandler(Fixture.Reply("errors/public-409-name-taken.json"))).CreateApiKeyAsync("x", SomeManagement.ProjectId));

        Assert.Equal((AtlasCloudErrorKind.Conflict, AtlasCloudErrorReason.ApiKeyNameTaken), (error.Kind, error.Reason));
    }

    [Fact]
    public async Task Unknown_key_is_reported_as_such()
    {
        AtlasCloudException error = await Assert.ThrowsAsync<AtlasCloudException>(() => SomeManagement.Resource(
            new StubHandler(Fixture.Reply("errors/public-404-api-key.json"))).SetAllowanceAsync(SomeManagement.KeyId, KeyAllowance.Unlimited));

        Assert.Equal((AtlasCloudErrorKind.ResourceNotFound, AtlasCloudErrorReason.ApiKeyUnknown), (error.Kind, error.Reason));
    }

    [Fact]
    public async Task Rejected_management_key_is_reported_as_such()
    {
        AtlasCloudException error = await Assert.ThrowsAsync<AtlasCloudException>(
            () => SomeManagement.Resource(new StubHandler(Fixture.Reply("errors/public-401-management.json"))).ListProjectsAsync());

        Assert.Equal((AtlasCloudErrorKind.Authentication, AtlasCloudErrorReason.ManagementKeyRejected), (error.Kind, error.Reason));
    }

    [Fact]
    public async Task Removal_accepts_an_empty_response_and_is_retried()
    {
        StubHandler service = new(StubReply.Json("{}", 503), StubReply.Of(204, []));

        await SomeManagement.Resource(service).RemoveApiKeyAsync(SomeManagement.KeyId);

        Assert.Equal([HttpMethod.Delete, HttpMethod.Delete], service.Seen.Select(r => r.Method));
        Assert.Equal("/public/v1/api-keys/" + SomeManagement.KeyId, service.Seen[1].Path);
    }

    [Fact]
    public async Task Members_of_a_budget_that_are_unknown_or_unreadable_are_sent_back()
    {
        StubHandler service = new(
            StubReply.Json("""{"id":"019a6eab-7c00-7000-8000-000000000201","budget":{"daily_limit":{"value":"much"},"monthly_alert_limit":{"value":"5.00"}}}"""),
            Fixture.Reply("management/budget-replaced.json"));
        ManagementResource management = SomeManagement.Resource(service);

        Project project = await management.GetProjectAsync(SomeManagement.ProjectId);
        await management.SetBudgetAsync(project.Id, project.Budget with { TotalLimit = 7m });

        Assert.Equal(
            """{"daily_limit":{"value":"much"},"monthly_alert_limit":{"value":"5.00"},"total_limit":{"value":"7.00","currency":"usd"}}""", service.Seen[1].Body());
    }

    [Fact]
    public async Task List_follows_pages_and_a_repeated_page_is_an_error()
    {
        StubReply page = StubReply.Json("""{"data":[{"id":"a","name":"one"}],"has_more":true,"next_page":"p2"}""");
        StubReply last = StubReply.Json("""{"data":[{"id":"b","name":"two"}],"has_more":false,"next_page":null}""");

        Assert.Equal(["one", "two"], (await SomeManagement.Resource(new StubHandler(page, last)).ListProjectsAsync()).Select(p => p.Name));
        AtlasCloudException error = await Assert.ThrowsAsync<AtlasCloudException>(() => SomeManagement.Resource(new StubHandler(page, page, page)).ListProjectsAsync());
        Assert.Equal(AtlasCloudErrorKind.UnexpectedReply, error.Kind);
    }

    [Fact]
    public async Task Usage_is_requested_in_full_hours_and_windows_of_31_days_and_added_up()
    {
        StubHandler service = new(Fixture.Reply("management/project-usage.json"), Fixture.Reply("management/project-usage.json"));

        SettledUsage usage = await SomeManagement.Resource(service).GetProjectUsageAsync(SomeManagement.ProjectId, s_from.AddMinutes(5), s_from.AddDays(40).AddMinutes(1));

        Assert.Equal(
            ["from=2026-11-01T00%3A00%3A00Z&to=2026-12-02T00%3A00%3A00Z", "from=2026-12-02T00%3A00%3A00Z&to=2026-12-11T01%3A00%3A00Z"],
            service.Seen.Select(r => r.Path.Split('?')[1]));
        Assert.Equal((62, 8.435m, s_from, s_from.AddDays(40).AddHours(1)), (usage.Requests, usage.Amount, usage.From, usage.To));
    }

    [Fact]
    public async Task Usage_with_an_unknown_part_is_unknown()
    {
        StubHandler service = new(Fixture.Reply("management/project-usage.json"), StubReply.Json("""{"object":"project_usage"}"""));

        SettledUsage usage = await SomeManagement.Resource(service).GetProjectUsageAsync(SomeManagement.ProjectId, s_from, s_from.AddDays(40));

        Assert.Null(usage.Amount);
        Assert.Null(usage.Requests);
    }

    [Fact]
    public async Task Inputs_that_the_service_would_refuse_are_not_sent()
    {
        StubHandler service = new();
        ManagementResource management = SomeManagement.Resource(service);
        Func<Task>[] calls =
        [
            () => management.CreateProjectAsync(" x "),
            () => management.CreateProjectAsync(new string('x', 65)),
            () => management.CreateProjectAsync("name", new string('x', 51)),
            () => management.CreateProjectAsync("name", null, new ProjectBudget { DailyLimit = -1m }),
            () => management.CreateProjectAsync("name", null, new ProjectBudget { DailyLimit = 1.0000001m }),
            () => management.CreateProjectAsync("name", null, new ProjectBudget { UsageAlertPercent = 80 }),
            () => management.CreateProjectAsync("name", null, new ProjectBudget { MonthlyLimit = 1m, UsageAlertPercent = 101 }),
            () => management.GetProjectAsync("../api-keys"),
            () => management.CreateApiKeyAsync(" ", SomeManagement.ProjectId),
            () => management.CreateApiKeyAsync("name", "name of a project"),
            () => management.RemoveApiKeyAsync("ak_../../x"),
            () => management.SetAllowanceAsync(SomeManagement.KeyId, KeyAllowance.Fixed(0m)),
            () => management.GetProjectUsageAsync(SomeManagement.ProjectId, s_from, s_from),
        ];

        foreach (Func<Task> call in calls)
        {
            Assert.Equal(AtlasCloudErrorKind.InvalidParameter, (await Assert.ThrowsAsync<AtlasCloudException>(call)).Kind);
        }

        Assert.Empty(service.Seen);
    }

    [Fact]
    public async Task Key_specified_as_its_ID_does_not_appear_in_the_error()
    {
        AtlasCloudException error = await Assert.ThrowsAsync<AtlasCloudException>(() => SomeManagement.Resource(new StubHandler()).RemoveApiKeyAsync("apikey-0123456789abcdef"));

        Assert.DoesNotContain("0123456789abcdef", error.ToString(), StringComparison.Ordinal);
    }
}
