using DetectorDsl.Annotations;
using DetectorDsl.Figures;

namespace DetectorDsl.Runtime.Tests.Figures;

/// <summary>Statistics of made-up runs.</summary>
internal static class Statistics
{
    public static RunStatistics Of(string name, int classes, double scale = 1, int heads = 1) =>
        new(
            name,
            [.. Enumerable.Range(0, heads).Select(head => $"head.{head}")],
            [
                .. Enumerable
                    .Range(0, classes)
                    .Select(label => new ClassStatistics(10 + label, $"class {label}")
                    {
                        Frequency = (CategoryFrequency)(label % 3),
                        Instances = (classes - label) * 10,
                        Gradients =
                        [
                            .. Enumerable
                                .Range(1, heads)
                                .Select(head => new ClassGradients(
                                    scale * head * (classes - label),
                                    2 * scale * head * (classes - label),
                                    head * (label + 1)
                                )),
                        ],
                        Objects = 5,
                        Accuracy = (0.9 - (0.5 * label / classes)) * (0.5 + (0.5 * scale)),
                        BoxAP = (0.5 - (0.3 * label / classes)) * (0.5 + (0.5 * scale)),
                        MaskAP = label == 1 ? null : 0.4 - (0.3 * label / classes),
                    }),
            ]
        );
}
