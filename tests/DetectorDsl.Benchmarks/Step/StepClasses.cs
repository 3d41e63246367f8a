using DetectorDsl;

namespace Benchmarks.Step;

/// <summary>COCO's 80 classes.</summary>
[CategorySet("coco_categories.json")]
public static partial class StepClasses;
