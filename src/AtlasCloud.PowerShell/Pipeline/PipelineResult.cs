using System.Runtime.ExceptionServices;

namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>The outcome of one item: a value or an exception.</summary>
internal sealed class PipelineResult<TItem, TResult>
{
    private readonly TResult? _value;

    internal PipelineResult(TItem item, TResult value) => (Item, _value) = (item, value);

    internal PipelineResult(TItem item, Exception exception) => (Item, Exception) = (item, exception);

    internal TItem Item { get; }

    /// <summary>The exception; null if the item succeeded.</summary>
    internal Exception? Exception { get; }

    internal bool Succeeded => Exception is null;

    /// <summary>The value. If the item failed, its exception is thrown with its original stack trace.</summary>
    internal TResult Value
    {
        get
        {
            if (Exception is not null)
            {
                ExceptionDispatchInfo.Throw(Exception);
            }

            return _value!;
        }
    }
}
