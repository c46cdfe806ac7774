using System.Runtime.ExceptionServices;

namespace AtlasCloud.PowerShell.Pipeline;

/// <summary>What came of one item: a value, or the exception that stood in its way.</summary>
internal sealed class PipelineResult<TItem, TResult>
{
    private readonly TResult? _value;

    internal PipelineResult(TItem item, TResult value) => (Item, _value) = (item, value);

    internal PipelineResult(TItem item, Exception exception) => (Item, Exception) = (item, exception);

    internal TItem Item { get; }

    /// <summary>Why there is no value; null where there is one.</summary>
    internal Exception? Exception { get; }

    internal bool Succeeded => Exception is null;

    /// <summary>The value. Where there is none, the exception is thrown as it was.</summary>
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
