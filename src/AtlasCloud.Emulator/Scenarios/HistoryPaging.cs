namespace AtlasCloud.Emulation.Scenarios;

/// <summary>How the pages of the history follow each other.</summary>
internal enum HistoryPaging
{
    Normal,

    /// <summary>Every page is the first one.</summary>
    Repeat,

    /// <summary>No page is the last one: invented tasks of the present follow the actual ones.</summary>
    Endless,
}
