using System.Globalization;
using AtlasCloud.Json;
using AtlasCloud.Text;

namespace AtlasCloud;

/// <summary>What a run did and what it cost. Predictions that an earlier run paid for cost nothing here, and an unknown price never counts as zero.</summary>
public sealed record RunSummary
{
    private readonly IReadOnlyList<SavedFile> _files = ReadOnlyLists.Empty<SavedFile>();

    /// <summary>The number of requests, including those that are not valid.</summary>
    public int Rows { get; init; }

    /// <summary>The number of predictions that an earlier run paid for.</summary>
    public int Reused { get; init; }

    /// <summary>The number of predictions that this run submitted, except those that were not charged.</summary>
    public int Paid { get; init; }

    /// <summary>The number of requests whose results are not saved: invalid, refused, failed, in flight, or not completely saved.</summary>
    public int Failed { get; init; }

    /// <summary>The saved files, including those that an earlier run saved.</summary>
    public IReadOnlyList<SavedFile> Files { get => _files; init => _files = ReadOnlyLists.Create(value); }

    /// <summary>The sum of the known prices of what this run paid, in <see cref="Currency"/>. Quotes count until the settled prices are known; null if no price is known, or in several currencies.</summary>
    public decimal? Cost { get; init; }

    /// <summary>The currency of <see cref="Cost"/>, in lower case. Default: usd.</summary>
    public string Currency { get; init; } = CostEstimate.LimitCurrency;

    /// <summary>The number of paid predictions whose price is unknown, so that <see cref="Cost"/> does not contain it.</summary>
    public int NotPriced { get; init; }

    /// <summary>How long the run took.</summary>
    public TimeSpan Time { get; init; }

    /// <summary>Returns a summary, for example "100 rows: 57 reused, 42 paid, 1 failed; 99 files; 1.68 usd; 0:02:31".</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Rows} row{(Rows == 1 ? "" : "s")}: {Reused} reused, {Paid} paid, {Failed} failed; {Files.Count} file{(Files.Count == 1 ? "" : "s")}; {DescribeCost()}; {Time:h\\:mm\\:ss}");

    /// <summary>Sums up a run.</summary>
    /// <param name="predictions">Its predictions, in their last known state.</param>
    /// <param name="rows">The number of requests.</param>
    /// <param name="saved">The number of predictions whose results are completely saved.</param>
    /// <param name="files">The saved files.</param>
    /// <param name="time">How long it took.</param>
    public static RunSummary Create(IReadOnlyCollection<Prediction> predictions, int rows, int saved, IReadOnlyList<SavedFile> files, TimeSpan time)
    {
        Prediction[] paid = [.. predictions.Where(p => !p.IsReused && p.Charge != BillingState.NotCharged)];
        (decimal Price, string Currency)[] prices = [.. paid.Select(PriceOf).OfType<(decimal, string)>()];
        string[] currencies = [.. prices.Select(p => p.Currency).Distinct()];
        return new RunSummary
        {
            Rows = rows,
            Reused = predictions.Count(p => p.IsReused),
            Paid = paid.Length,
            Failed = Math.Max(0, rows - saved),
            Files = files,
            Cost = currencies.Length switch { 1 => Money.Sum(prices.Select(p => p.Price)), 0 when paid.Length == 0 => 0, _ => null },
            Currency = currencies.Length == 1 ? currencies[0] : CostEstimate.LimitCurrency,
            NotPriced = paid.Length - prices.Length,
            Time = time,
        };
    }

    private static (decimal Price, string Currency)? PriceOf(Prediction prediction) =>
        prediction.Price is decimal price ? (price, prediction.Currency)
        : prediction.Quote is Quote quote ? (quote.Price, quote.Currency)
        : null;

    private string DescribeCost() => Cost is decimal cost
        ? string.Create(CultureInfo.InvariantCulture, $"{cost} {Currency}{(NotPriced > 0 ? $" and {NotPriced} unknown price{(NotPriced == 1 ? "" : "s")}" : "")}")
        : "cost unknown";
}
