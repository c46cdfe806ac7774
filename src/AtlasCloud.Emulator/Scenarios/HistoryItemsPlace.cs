namespace AtlasCloud.Emulation.Scenarios;

/// <summary>Where a page of the history has its items.</summary>
internal enum HistoryItemsPlace
{
    /// <summary>In <c>data.items</c>, as at the service.</summary>
    DataItems,

    /// <summary>In <c>data.list</c>.</summary>
    DataList,

    /// <summary>In <c>data</c>, which is an array.</summary>
    Data,

    /// <summary>The page is an array, without an envelope.</summary>
    Root,
}
