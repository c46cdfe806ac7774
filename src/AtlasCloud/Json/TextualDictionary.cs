using System.Collections;
using System.Collections.Specialized;

namespace AtlasCloud.Json;

/// <summary>
/// A dictionary of JSON values whose text is JSON. Writers of tables, such as Export-Csv, would otherwise show the name of the type. Keys are not
/// case-sensitive. It is read-only; the members of its base class are hidden, since they cannot be
/// overridden.
/// </summary>
internal sealed class TextualDictionary : OrderedDictionary, IOrderedDictionary
{
    /// <summary>Creates a dictionary without members.</summary>
    internal TextualDictionary()
        : base(StringComparer.OrdinalIgnoreCase)
    {
    }

    /// <summary>Creates a dictionary with members.</summary>
    /// <param name="members">The members. Of several with the same key, the last value is kept.</param>
    internal TextualDictionary(IEnumerable<(string Name, object? Value)> members)
        : this()
    {
        foreach ((string name, object? value) in members)
        {
            base[name] = value;
        }
    }

    /// <summary>Always true.</summary>
    public new bool IsReadOnly => true;

    /// <summary>Returns the value of a key; null if there is none. It cannot be set.</summary>
    /// <exception cref="NotSupportedException">The value is set.</exception>
    public new object? this[object key]
    {
        get => base[key];
        set => throw ReadOnly();
    }

    /// <summary>Returns the value at an index. It cannot be set.</summary>
    /// <exception cref="NotSupportedException">The value is set.</exception>
    public new object? this[int index]
    {
        get => base[index];
        set => throw ReadOnly();
    }

    bool IDictionary.IsFixedSize => true;

    /// <summary>Not supported.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public new void Add(object key, object? value) => throw ReadOnly();

    /// <inheritdoc cref="Add"/>
    public new void Clear() => throw ReadOnly();

    /// <inheritdoc cref="Add"/>
    public new void Insert(int index, object key, object? value) => throw ReadOnly();

    /// <inheritdoc cref="Add"/>
    public new void Remove(object key) => throw ReadOnly();

    /// <inheritdoc cref="Add"/>
    public new void RemoveAt(int index) => throw ReadOnly();

    /// <summary>Returns the members as JSON; empty if there are none.</summary>
    public override string ToString() => Count == 0 ? "" : JsonText.Write(JsonValues.ToJson(this));

    private static NotSupportedException ReadOnly() => new("The dictionary is read-only.");
}
