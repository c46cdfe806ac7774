using System.Text.RegularExpressions;

namespace AtlasCloud.Repository.Tests;

public sealed partial class WorkflowTests
{
    public static TheoryData<string> Workflows => [.. RepositoryFolder.Files("*.yml").Where(f => f.StartsWith(".github/workflows/", StringComparison.Ordinal))];

    [Fact]
    public void The_workflows_for_changes_and_releases_exist() =>
        Assert.Superset(new HashSet<string> { ".github/workflows/ci.yml", ".github/workflows/release.yml" }, Workflows.Select(w => w.Data).ToHashSet());

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Every_command_names_only_what_the_repository_has(string file) =>
        Assert.Empty(Workflow.Read(file).Jobs.SelectMany(j => j.Steps).SelectMany(s => s.Commands).SelectMany(CommandCheck.Missing));

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Every_action_is_pinned_to_a_major_version_or_a_commit(string file) =>
        Assert.All(
            Workflow.Read(file).Jobs.SelectMany(j => j.Steps).Select(s => s.Action).OfType<string>(),
            action => Assert.Matches(PinnedAction(), action));

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Every_workflow_reads_the_repository_only_and_jobs_add_what_they_need(string file) =>
        Assert.Equal(new Dictionary<string, string> { ["contents"] = "read" }, Workflow.Read(file).Permissions);

    [Theory]
    [MemberData(nameof(Workflows))]
    public void No_workflow_names_the_real_service_for_the_tests(string file) =>
        Assert.DoesNotContain("ATLASCLOUD_TEST_SERVICE", RepositoryFolder.Read(file), StringComparison.OrdinalIgnoreCase);

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Every_job_has_a_time_limit(string file) => Assert.All(Workflow.Read(file).Jobs, j => Assert.NotNull(j.TimeLimit));

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Every_job_that_uses_a_secret_runs_in_an_environment_and_has_no_further_permission(string file) =>
        Assert.All(
            Workflow.Read(file).Jobs.Where(j => Secret().IsMatch(j.Source)),
            j => Assert.True(j.Environment is not null && j.Permissions is null, j.Name));

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Every_job_that_is_needed_exists(string file)
    {
        Workflow workflow = Workflow.Read(file);

        Assert.Subset(workflow.Jobs.Select(j => j.Name).ToHashSet(), workflow.Jobs.SelectMany(j => j.Needs).ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Every_artifact_that_is_downloaded_was_uploaded(string file)
    {
        Workflow.Step[] steps = [.. Workflow.Read(file).Jobs.SelectMany(j => j.Steps)];

        Assert.Subset(Artifacts(steps, "actions/upload-artifact@"), Artifacts(steps, "actions/download-artifact@"));
    }

    private static HashSet<string> Artifacts(Workflow.Step[] steps, string action) =>
        [.. steps.Where(s => s.Action?.StartsWith(action, StringComparison.Ordinal) == true).Select(s => s.Input("name")!)];

    [GeneratedRegex("^[a-z-]+/[a-z-]+@(v[0-9]+|[0-9a-f]{40})$")]
    private static partial Regex PinnedAction();

    [GeneratedRegex(@"\bsecrets\.")]
    private static partial Regex Secret();
}
