using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.Tests;
using Microsoft.Extensions.Time.Testing;

namespace AtlasCloud.PowerShell.Tests.Plain;

/// <summary>Which commands belong to one batch. A place is written as in <c>2/4</c>: the second command of four.</summary>
public sealed class BatchMembersTests
{
    private readonly BatchMembers _members = new();

    [Fact]
    public void Commands_of_a_pipeline_join_in_their_order()
    {
        Join(BatchStage.Submit, "1/4");

        Assert.True(Accepts(BatchStage.Wait, "2/4"));
        Assert.False(Accepts(BatchStage.Wait, "1/4"));
    }

    [Theory]
    [InlineData("1/1")]
    [InlineData("1/2")]
    [InlineData("3/4")]
    public void Command_that_begins_after_the_first_one_has_input_is_in_another_pipeline(string place)
    {
        _members.AddInput(Join(BatchStage.Submit, "1/4"));

        Assert.False(Accepts(BatchStage.Save, place));
    }

    [Fact]
    public void Command_follows_one_that_received_output_of_a_begin_block()
    {
        _members.AddInput(Join(BatchStage.Submit, "2/4"));

        Assert.True(Accepts(BatchStage.Wait, "3/4"));
        Assert.False(Accepts(BatchStage.Wait, "1/1"));
        Assert.False(Accepts(BatchStage.Wait, "3/5"));
    }

    [Fact]
    public void Commands_of_proxy_functions_join_at_any_place()
    {
        Join(BatchStage.Submit, "1/1");
        Assert.True(Accepts(BatchStage.Wait, "2/4"));
        Join(BatchStage.Wait, "2/4");
        Assert.True(Accepts(BatchStage.Save, "1/1"));
        Join(BatchStage.Save, "1/1");

        Assert.True(Accepts(BatchStage.Save, "4/4"));
    }

    [Fact]
    public void Command_that_follows_the_end_of_the_pipeline_is_in_another_one()
    {
        Join(BatchStage.Wait, "2/3");
        Join(BatchStage.Save, "3/3");

        Assert.False(Accepts(BatchStage.Save, "1/1"));
    }

    [Fact]
    public void Command_of_an_earlier_stage_is_in_another_pipeline()
    {
        Join(BatchStage.Save, "2/3");

        Assert.False(Accepts(BatchStage.Submit, "1/1"));
    }

    [Fact]
    public void Pipeline_in_a_begin_block_is_another_one_and_the_outer_one_continues()
    {
        Join(BatchStage.Submit, "1/4");

        Assert.False(Accepts(BatchStage.Submit, "1/2"));
        Assert.False(Accepts(BatchStage.Submit, "1/1", hasInput: false));
        Assert.True(Accepts(BatchStage.Wait, "3/4"));
    }

    [Fact]
    public void Batch_without_members_accepts_none()
    {
        Assert.True(_members.Remove(Join(BatchStage.Submit, "1/4")));

        Assert.False(Accepts(BatchStage.Wait, "2/4"));
    }

    [Fact]
    public void Batch_that_is_left_over_from_a_stopped_proxy_function_is_not_joined()
    {
        RunningBatches batches = new();
        FakeTimeProvider clock = new();
        Batch stopped = batches.Join("a", BatchStage.Submit, Place("1/1"), clock);
        stopped.IsStopped = true;

        Batch next = batches.Join("b", BatchStage.Wait, Place("2/2"), clock);
        next.IsStopped = true;
        next.Update(Some.Prediction("1"));

        Assert.NotSame(stopped, next);
        Assert.NotNull(next.Leave("b"));
    }

    private object Join(BatchStage stage, string place)
    {
        object member = new();
        _members.Add(member, stage, Place(place));
        return member;
    }

    private bool Accepts(BatchStage stage, string place, bool hasInput = true) => _members.Accepts(stage, Place(place) with { HasInput = hasInput });

    private static PipelinePlace Place(string text) => new(text[0] - '0', text[2] - '0', HasInput: true);
}
