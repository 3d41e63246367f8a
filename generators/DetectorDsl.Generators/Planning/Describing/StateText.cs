using DetectorDsl.Generators.Planning.Code;
using DetectorDsl.Generators.Planning.Shapes;

namespace DetectorDsl.Generators.Planning.Describing;

/// <summary>The state dict as text: a line for each module that holds tensors, such as <c>neck.fpn_convs.0.conv: weight [256, 256, 3, 3], bias [256]</c>; a type is named where it is not float32.</summary>
internal static class StateText
{
    public static string Of(IEnumerable<PartPlan> parts)
    {
        var lines = new List<string>();
        var module = "";
        foreach (var row in parts.SelectMany(static part => part.Rows.Concat(part.Losses)))
        {
            foreach (var tensor in row.Tensors)
            {
                var end = tensor.Name.LastIndexOf('.');
                var (owner, name) = (tensor.Name.Substring(0, end), tensor.Name.Substring(end + 1));
                var text = $"{name} [{string.Join(", ", tensor.Shape)}]{(tensor.Type == "float32" ? "" : " " + tensor.Type)}";
                if (owner == module)
                {
                    lines[lines.Count - 1] += ", " + text;
                }
                else
                {
                    lines.Add($"{module = owner}: {text}");
                }
            }

            if (!row.IsKnown)
            {
                lines.Add($"{row.Name}: unknown, of a class of one's own");
            }
        }

        return string.Join("\n", lines);
    }
}
