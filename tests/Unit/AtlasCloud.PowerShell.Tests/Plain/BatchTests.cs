using AtlasCloud.PowerShell.Pipeline;
using AtlasCloud.Tests;
using Microsoft.Extensions.Time.Testing;

namespace AtlasCloud.PowerShell.Tests.Plain;

public sealed class BatchTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Batch _batch;

    public BatchTests() => _batch = new Batch(_clock);

    [Fact]
    public void Status_while_rows_are_submitted_has_counts_and_no_fraction()
    {
        Add(BatchStage.Submit, BatchStage.Wait, BatchStage.Save);
        Submit(3);
        _batch.Update(Finished("1"));
        _clock.Advance(TimeSpan.FromSeconds(65));

        BatchStatus status = _batch.GetStatus();

        Assert.Equal("3 submitted, 2 running, 1 finished, 0 saved; 0.08 USD spent; 0:01:05 elapsed", status.Text);
        Assert.Null(status.Fraction);
        Assert.Null(status.Remaining);
    }

    [Fact]
    public void Status_after_the_last_row_estimates_the_remaining_time()
    {
        Add(BatchStage.Submit, BatchStage.Wait, BatchStage.Save);
        Submit(4);
        _batch.CompleteInput();
        _batch.Save(Finished("1"));
        _clock.Advance(TimeSpan.FromSeconds(30));

        BatchStatus status = _batch.GetStatus();

        Assert.Equal("4 of 4 submitted, 3 running, 1 finished, 1 saved; 0.08 USD spent; 0:00:30 elapsed, about 0:01:30 left", status.Text);
        Assert.Equal((0.25, TimeSpan.FromSeconds(90)), (status.Fraction, status.Remaining));
    }

    [Fact]
    public void Reused_predictions_are_counted_and_cost_nothing()
    {
        Add(BatchStage.Submit);
        Submit(2);
        _batch.Update(Finished("1") with { IsReused = true });

        Assert.Equal("2 submitted, 1 of them reused, 1 running, 1 finished; 0:00:00 elapsed", _batch.GetStatus().Text);
    }

    [Fact]
    public void Summary_counts_a_row_as_failed_unless_all_its_outputs_are_saved()
    {
        Add(BatchStage.Submit, BatchStage.Save);
        Submit(3);
        _batch.Save(Finished("1"));
        _batch.Save(Finished("2"));
        _batch.AddSaveFailure(Finished("2"));

        RunSummary summary = _batch.Summarize([]);

        Assert.Equal((3, 2), (summary.Rows, summary.Failed));
    }

    [Fact]
    public void Summary_counts_a_prediction_as_paid_once_in_the_process_that_submitted_it()
    {
        Add(BatchStage.Submit, BatchStage.Save);
        Submit(1);
        _batch.Save(Finished("1"));
        Batch later = new(_clock);
        later.Save(Finished("1"));
        later.Save(Finished("of another process"));

        RunSummary first = _batch.Summarize([]);
        RunSummary second = later.Summarize([]);

        Assert.Equal((1, 0, 0.08m), (first.Paid, first.Reused, first.Cost));
        Assert.Equal((0, 2, 0m), (second.Paid, second.Reused, second.Cost));
    }

    [Fact]
    public void Status_counts_no_money_of_predictions_that_another_process_submitted()
    {
        Add(BatchStage.Wait, BatchStage.Save);
        _batch.Update(Finished("of another process"));

        Assert.Equal("0 running, 1 finished, 0 saved; 0:00:00 elapsed", _batch.GetStatus().Text);
        Assert.Empty(_batch.GetUnpriced());
    }

    [Fact]
    public void Refused_rows_do_not_count_as_open()
    {
        Add(BatchStage.Submit, BatchStage.Wait);
        Submit(1);
        _batch.AddInput();
        _batch.AddRefusal();
        _batch.CompleteInput();

        Assert.StartsWith("1 of 1 submitted", _batch.GetStatus().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Prediction_that_was_waited_for_is_counted_once()
    {
        Add(BatchStage.Wait);
        _batch.Update(Some.Prediction("1"));
        _batch.End(Finished("1"));

        Assert.StartsWith("0 running, 1 finished", _batch.GetStatus().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Rest_names_running_and_unsaved_predictions()
    {
        Add(BatchStage.Submit, BatchStage.Wait, BatchStage.Save);
        Submit(3);
        _batch.End(Finished("1"));

        Assert.Equal(
            "Stopped: 2 predictions continue on the service and will be charged, and 1 finished prediction is not saved. To collect the results, run: Get-AtlasPrediction -Pending | Wait-AtlasPrediction | Save-AtlasOutput",
            _batch.DescribeRest());
    }

    [Fact]
    public void Rest_without_a_journal_recommends_the_history()
    {
        Add(BatchStage.Submit);
        _batch.HasJournal = false;
        Submit(1);

        Assert.Equal(
            "Stopped: 1 prediction continues on the service and will be charged. To collect the results, run: Get-AtlasPrediction -History | Select-Object -First 1 | Wait-AtlasPrediction | Save-AtlasOutput",
            _batch.DescribeRest());
    }

    [Theory]
    [InlineData(true, "To collect the results and pay only for what is missing, run the same command again with -Reuse")]
    [InlineData(false, "To collect the results, run: Get-AtlasPrediction -History | Select-Object -First 1 | Wait-AtlasPrediction | Save-AtlasOutput")]
    public void Rest_of_a_repeatable_command_recommends_it_if_a_journal_is_kept(bool hasJournal, string advice)
    {
        Add(BatchStage.Submit);
        _batch.HasJournal = hasJournal;
        _batch.AddSubmitter(isReusing: true);
        Submit(1);

        Assert.Equal($"Stopped: 1 prediction continues on the service and will be charged. {advice}", _batch.DescribeRest());
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Rest_does_not_recommend_to_run_a_pipeline_again_of_which_one_command_would_pay_again(bool isFirstReusing, bool isSecondReusing)
    {
        Add(BatchStage.Submit);
        _batch.AddSubmitter(isFirstReusing);
        _batch.AddSubmitter(isSecondReusing);
        Submit(1);

        Assert.Contains("run: Get-AtlasPrediction -Pending", _batch.DescribeRest(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rest_is_null_if_everything_is_saved_or_failed()
    {
        Add(BatchStage.Submit, BatchStage.Wait, BatchStage.Save);
        Submit(2);
        _batch.Save(Finished("1"));
        _batch.End(Some.Prediction("2") with { State = PredictionState.Failed });

        Assert.Null(_batch.DescribeRest());
    }

    [Fact]
    public void Last_member_that_leaves_ends_the_batch()
    {
        Add(BatchStage.Submit, BatchStage.Wait);

        Assert.False(_batch.Members.Remove(BatchStage.Submit));
        Assert.False(_batch.Members.Remove(BatchStage.Submit));
        Assert.True(_batch.Members.Remove(BatchStage.Wait));
    }

    [Fact]
    public void Stopped_batch_describes_the_rest_once_with_that_of_the_batch_inside()
    {
        Add(BatchStage.Submit, BatchStage.Wait);
        Submit(3);
        Batch inner = new(_clock, _batch) { IsStopped = true };
        inner.Members.Add(inner, BatchStage.Save, default);
        inner.Update(Finished("1"));
        inner.Submit(Some.Prediction("4"));

        Assert.Null(inner.Leave(inner));
        Assert.Null(_batch.Leave(BatchStage.Submit));

        Assert.StartsWith(
            "Stopped: 3 predictions continue on the service and will be charged, and 1 finished prediction is not saved. ", _batch.Leave(BatchStage.Wait), StringComparison.Ordinal);
        Assert.Null(_batch.Leave(BatchStage.Wait));
    }

    [Fact]
    public void Stopped_batch_describes_the_rest_although_its_commands_ended_before_they_noticed_the_stop()
    {
        Add(BatchStage.Submit);
        Submit(1);
        Batch inner = new(_clock, _batch) { IsStopped = true };
        inner.Members.Add(inner, BatchStage.Submit, default);
        inner.Submit(Some.Prediction("2"));

        Assert.True(inner.Members.Remove(inner));
        Assert.Null(inner.Leave(inner));
        Assert.True(_batch.Members.Remove(BatchStage.Submit));

        Assert.StartsWith("Stopped: 2 predictions continue on the service and will be charged. ", _batch.Leave(BatchStage.Submit), StringComparison.Ordinal);
        Assert.Null(_batch.Leave(BatchStage.Submit));
    }

    [Fact]
    public void Batch_inside_updates_the_predictions_of_the_one_around_it_and_adds_none()
    {
        Add(BatchStage.Submit);
        Submit(2);
        Batch inner = new(_clock, _batch);

        inner.Save(Finished("1"));
        inner.End(Some.Prediction("2"));
        inner.Submit(Some.Prediction("3"));

        Assert.StartsWith("2 submitted, 0 running, 2 finished", _batch.GetStatus().Text, StringComparison.Ordinal);
        Assert.Equal(3, inner.Summarize([]).Rows);
    }

    private void Add(params BatchStage[] stages)
    {
        foreach (BatchStage stage in stages)
        {
            _batch.Members.Add(stage, stage, new PipelinePlace(1 + (int)stage, 3, HasInput: true));
        }
    }

    private void Submit(int count)
    {
        for (int i = 1; i <= count; i++)
        {
            _batch.AddInput();
            _batch.Submit(Some.Prediction($"{i}"));
        }
    }

    private static Prediction Finished(string id) => Some.Prediction(id) with { State = PredictionState.Succeeded, Price = 0.08m, Charge = BillingState.Charged };
}
