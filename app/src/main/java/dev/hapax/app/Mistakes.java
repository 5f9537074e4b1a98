package dev.hapax.app;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.run.Failures;
import picocli.CommandLine;

/** Tells what went wrong in one line, and chooses the exit code: 2 for the user's mistakes, 1 for failures. */
final class Mistakes {
    static final int FAILURE = 1;
    static final int MISTAKE = 2;
    private static final String TRACE = "HAPAX_TRACE"; // set it to see where a failure comes from

    private final Console console;

    Mistakes(Console console) {
        this.console = console;
    }

    /** The command line does not parse. */
    int inArguments(CommandLine.ParameterException e) {
        say(e.getMessage() + "; see " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help", e);
        return MISTAKE;
    }

    /** A command did not come to its end. */
    int inExecution(Throwable e) {
        boolean mistake = Failures.isMistake(e);
        String message = e.getMessage();
        boolean known = mistake || e instanceof CheckpointException || e instanceof IllegalStateException;
        if (e instanceof OutOfMemoryError) {
            say("not enough memory (" + message + "); give Java more with JAVA_OPTS=-Xmx8g", e);
        } else if (known && message != null) {
            say(message, e);
        } else {
            say("failed: " + e + "; set " + TRACE + "=1 to see where", e);
        }
        return mistake ? MISTAKE : FAILURE;
    }

    private void say(String message, Throwable e) {
        console.err().println("hapax: " + Failures.line(message));
        if (console.environment().containsKey(TRACE)) {
            e.printStackTrace(console.err());
        }
    }
}
