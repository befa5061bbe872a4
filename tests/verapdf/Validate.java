import java.io.File;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * java -cp JARS Validate.java FLAVOUR[,FLAVOUR...] FILE...
 *
 * Prints, tab-separated, one FAIL line per file, flavour and failed rule, and one VERDICT line per file and flavour.
 * Exit code 0 means that every file was read, not that it conforms.
 */
class Validate {
    public static void main(String[] args) throws Exception {
        Logger.getLogger("").setLevel(Level.SEVERE); // standard error carries only what stops us
        VeraGreenfieldFoundryProvider.initialise();
        List<PDFAFlavour> flavours = Arrays.stream(args[0].split(",")).map(PDFAFlavour::valueOf).toList();
        for (int i = 1; i < args.length; i++) {
            validate(new File(args[i]), flavours);
        }
    }

    private static void validate(File file, List<PDFAFlavour> flavours) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavours.get(0))) {
            for (ValidationResult result : Foundries.defaultInstance().createValidator(flavours).validateAll(parser)) {
                report(file, result);
            }
        }
    }

    private static void report(File file, ValidationResult result) {
        PDFAFlavour flavour = result.getPDFAFlavour();
        Map<String, TestAssertion> first = new LinkedHashMap<>();
        for (TestAssertion failure : result.getTestAssertions()) {
            first.putIfAbsent(failure.getRuleId().getClause() + "-" + failure.getRuleId().getTestNumber(), failure);
        }
        first.forEach((rule, failure) -> print("FAIL", file, flavour, rule, failure.getMessage(),
            failure.getLocation().getContext()));
        print("VERDICT", file, flavour, result.isCompliant() ? "conforms" : "fails");
    }

    private static void print(String kind, File file, PDFAFlavour flavour, String... rest) {
        String line = String.join("\t", kind, file.getPath(), flavour.name(), String.join("\t", rest));
        System.out.println(line.replaceAll("\\R\\s*", " "));
    }
}
