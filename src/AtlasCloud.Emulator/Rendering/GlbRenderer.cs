using System.Text;
using System.Text.Json.Nodes;

namespace AtlasCloud.Emulation.Rendering;

/// <summary>Renders binary glTF files with one coloured cube.</summary>
internal static class GlbRenderer
{
    private const uint JsonChunk = 0x4E4F534A;
    private const uint BinaryChunk = 0x004E4942;
    private const int Corners = 8;

    private static readonly ushort[] s_triangles =
    [
        0, 1, 3, 0, 3, 2, 4, 6, 7, 4, 7, 5, 0, 4, 5, 0, 5, 1, 2, 3, 7, 2, 7, 6, 0, 2, 6, 0, 6, 4, 1, 5, 7, 1, 7, 3,
    ];

    internal static byte[] Render(string id, string prompt)
    {
        byte[] json = Encoding.UTF8.GetBytes(JsonText.Write(WriteScene(id, SeededRandom.Create(prompt + id))));
        byte[] binary = WriteGeometry();
        int padded = (json.Length + 3) / 4 * 4;
        using MemoryStream glb = new();
        using BinaryWriter writer = new(glb);
        writer.Write("glTF"u8);
        writer.Write(2);
        writer.Write(12 + 8 + padded + 8 + binary.Length);
        writer.Write(padded);
        writer.Write(JsonChunk);
        writer.Write(json);
        writer.Write(Encoding.ASCII.GetBytes(new string(' ', padded - json.Length)));
        writer.Write(binary.Length);
        writer.Write(BinaryChunk);
        writer.Write(binary);
        writer.Flush();
        return glb.ToArray();
    }

    private static byte[] WriteGeometry()
    {
        using MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes);
        for (int corner = 0; corner < Corners; corner++)
        {
            writer.Write((corner & 1) == 0 ? -0.5f : 0.5f);
            writer.Write((corner & 2) == 0 ? -0.5f : 0.5f);
            writer.Write((corner & 4) == 0 ? 0.5f : -0.5f);
        }

        foreach (ushort index in s_triangles)
        {
            writer.Write(index);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    private static JsonObject WriteScene(string id, Random random)
    {
        const int CornerBytes = Corners * 12;
        int indexBytes = s_triangles.Length * 2;
        JsonArray colour = [Math.Round(random.NextDouble(), 3), Math.Round(random.NextDouble(), 3), Math.Round(random.NextDouble(), 3), 1.0];
        return new JsonObject
        {
            ["asset"] = new JsonObject { ["version"] = "2.0", ["generator"] = "AtlasCloud emulator", ["extras"] = new JsonObject { ["id"] = id } },
            ["scene"] = 0,
            ["scenes"] = new JsonArray(new JsonObject { ["nodes"] = new JsonArray(0) }),
            ["nodes"] = new JsonArray(new JsonObject { ["mesh"] = 0 }),
            ["materials"] = new JsonArray(new JsonObject { ["pbrMetallicRoughness"] = new JsonObject { ["baseColorFactor"] = colour } }),
            ["meshes"] = new JsonArray(new JsonObject
            {
                ["primitives"] = new JsonArray(new JsonObject
                {
                    ["attributes"] = new JsonObject { ["POSITION"] = 0 },
                    ["indices"] = 1,
                    ["material"] = 0,
                }),
            }),
            ["accessors"] = new JsonArray(
                new JsonObject
                {
                    ["bufferView"] = 0,
                    ["componentType"] = 5126,
                    ["count"] = Corners,
                    ["type"] = "VEC3",
                    ["min"] = new JsonArray(-0.5, -0.5, -0.5),
                    ["max"] = new JsonArray(0.5, 0.5, 0.5),
                },
                new JsonObject { ["bufferView"] = 1, ["componentType"] = 5123, ["count"] = s_triangles.Length, ["type"] = "SCALAR" }),
            ["bufferViews"] = new JsonArray(
                new JsonObject { ["buffer"] = 0, ["byteOffset"] = 0, ["byteLength"] = CornerBytes, ["target"] = 34962 },
                new JsonObject { ["buffer"] = 0, ["byteOffset"] = CornerBytes, ["byteLength"] = indexBytes, ["target"] = 34963 }),
            ["buffers"] = new JsonArray(new JsonObject { ["byteLength"] = CornerBytes + indexBytes }),
        };
    }
}
