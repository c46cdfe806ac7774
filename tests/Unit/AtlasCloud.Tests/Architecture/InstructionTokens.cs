using System.Buffers.Binary;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace AtlasCloud.Tests;

/// <summary>The metadata tokens in the instructions of a method.</summary>
internal static class InstructionTokens
{
    private static readonly Dictionary<ushort, OpCode> s_codes = typeof(OpCodes).GetFields()
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(c => unchecked((ushort)c.Value));

    internal static IEnumerable<EntityHandle> Read(byte[] instructions)
    {
        for (int i = 0; i < instructions.Length;)
        {
            ushort value = instructions[i++];
            if (value == 0xFE)
            {
                value = (ushort)(0xFE00 | instructions[i++]);
            }

            OpCode code = s_codes[value];
            if (code.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                yield return MetadataTokens.EntityHandle(BinaryPrimitives.ReadInt32LittleEndian(instructions.AsSpan(i)));
            }

            i += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(instructions.AsSpan(i))),
                _ => 4,
            };
        }
    }
}
