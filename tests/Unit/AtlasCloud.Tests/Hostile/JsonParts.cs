using System.Text.Json;

namespace AtlasCloud.Tests.Hostile;

/// <summary>The positions of values and members in a JSON text, so that one can be removed or replaced without changing the rest.</summary>
internal sealed class JsonParts
{
    private JsonParts(IReadOnlyList<Part> values, IReadOnlyList<Member> members) => (Values, Members) = (values, members);

    /// <summary>All values, including objects and arrays.</summary>
    internal IReadOnlyList<Part> Values { get; }

    /// <summary>All members of objects.</summary>
    internal IReadOnlyList<Member> Members { get; }

    /// <summary>Reads the positions; null if the text is not JSON.</summary>
    internal static JsonParts? Find(ReadOnlySpan<byte> json)
    {
        List<Part> values = [];
        List<Member> members = [];
        Stack<(int Start, (int Start, int End)? Name)> open = new();
        (int Start, int End)? name = null;
        try
        {
            Utf8JsonReader reader = new(json);
            while (reader.Read())
            {
                int start = (int)reader.TokenStartIndex;
                int end = (int)reader.BytesConsumed;
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        name = (start, end - 1);
                        continue;
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        open.Push((start, name));
                        name = null;
                        continue;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        (start, name) = open.Pop();
                        break;
                }

                Part value = new(start, end, reader.TokenType);
                values.Add(value);
                if (name is (int first, int last))
                {
                    members.Add(new Member(first, last, value));
                }

                name = null;
            }

            return values.Count > 0 ? new JsonParts(values, members) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal readonly record struct Part(int Start, int End, JsonTokenType Type)
    {
        internal bool IsText => Type == JsonTokenType.String;

        internal bool IsSingle => Type is not (JsonTokenType.EndArray or JsonTokenType.EndObject);
    }

    /// <summary>A member: the position of its name, and its value.</summary>
    internal readonly record struct Member(int Start, int NameEnd, Part Value);
}
