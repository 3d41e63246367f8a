namespace DetectorDsl.Generators.Parsing;

/// <summary>Full metadata names that the generator looks for.</summary>
internal static class WellKnownNames
{
    public const string Vocabulary = "DetectorDsl";

    public const string RuntimeAssembly = "DetectorDsl.Hosting";

    public const string Detector = "DetectorDsl.Detector";

    public const string ValueList = "ValueList";

    public const string DetectorAttribute = "DetectorDsl.DetectorAttribute";

    public const string ComponentAttribute = "DetectorDsl.ComponentAttribute";

    public const string CategoriesAttribute = "DetectorDsl.CategoriesAttribute";

    public const string CategorySetAttribute = "DetectorDsl.CategorySetAttribute";

    public const string CategorySetSpecAttribute = "DetectorDsl.CategorySetSpecAttribute";

    public const string SpecAttribute = "DetectorDsl.DetectorSpecAttribute";

    public const string ArrangesLogitsAttribute = "DetectorDsl.ArrangesLogitsAttribute";

    public const string AscendingAttribute = "DetectorDsl.AscendingAttribute";
    public const string AtMostAttribute = "DetectorDsl.AtMostAttribute";
    public const string TrainerOptionAttribute = "DetectorDsl.TrainerOptionAttribute";

    public const string ModuleAttribute = "DetectorDsl.ModuleAttribute";

    public const string OutputLevelsAttribute = "DetectorDsl.OutputLevelsAttribute";

    public const string LossTermsAttribute = "DetectorDsl.LossTermsAttribute";

    public const string LogitsAttribute = "DetectorDsl.LogitsAttribute";

    public const string LossNeedsAttribute = "DetectorDsl.LossNeedsAttribute";

    public const string RangeAttribute = "System.ComponentModel.DataAnnotations.RangeAttribute";

    public const string AllowedValuesAttribute = "System.ComponentModel.DataAnnotations.AllowedValuesAttribute";

    public const string LengthAttribute = "System.ComponentModel.DataAnnotations.LengthAttribute";

    public const string MinLengthAttribute = "System.ComponentModel.DataAnnotations.MinLengthAttribute";

    public const string MaxLengthAttribute = "System.ComponentModel.DataAnnotations.MaxLengthAttribute";
}
