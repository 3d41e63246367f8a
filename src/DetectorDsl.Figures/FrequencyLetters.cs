using DetectorDsl.Annotations;

namespace DetectorDsl.Figures;

/// <summary>Frequency groups as LVIS's files write them.</summary>
internal static class FrequencyLetters
{
    public static string? Of(CategoryFrequency? frequency) =>
        frequency switch
        {
            CategoryFrequency.Rare => "r",
            CategoryFrequency.Common => "c",
            CategoryFrequency.Frequent => "f",
            _ => null,
        };

    public static CategoryFrequency? Parse(string? letter) =>
        letter switch
        {
            "r" => CategoryFrequency.Rare,
            "c" => CategoryFrequency.Common,
            "f" => CategoryFrequency.Frequent,
            _ => null,
        };
}
