;;; -*- lexical-binding: t; -*- What emacs.sh runs inside Emacs. One line of output for each check.
(require 'package)
(package-initialize)
(require 'cl-lib)
(require 'eglot)
(require 'flymake)
(require 'json)
(require 'xref)

(load (expand-file-name "emacs-checks.el" (file-name-directory load-file-name)) nil t)

;; As the README has it.
(add-hook 'text-mode-hook 'eglot-ensure)

(find-file (expand-file-name "draft.md" (getenv "WORK")))

(check "the server manages the draft"
  (run-hooks 'post-command-hook)
  (wait-for "the server" 'eglot-managed-p))

(check "findings are shown where they belong"
  (flymake-mode 1)
  (flymake-start)
  (let* ((begin (go-to (expected 'finding 'words)))
         (found (wait-for "a finding" (lambda () (flymake-diagnostics begin (1+ begin))))))
    (holds (expected 'finding 'message) (mapconcat 'flymake-diagnostic-text found "\n"))))

(check "a hover tells who is meant"
  (go-to (expected 'hover 'words))
  (let (shown)
    (eglot-hover-eldoc-function (lambda (text &rest _) (setq shown text)))
    (holds (expected 'hover 'shows) (wait-for "the hover" (lambda () shown)))))

(check "a definition lands in a source"
  (go-to (expected 'definition 'words))
  (let ((place (car (xref-backend-definitions 'eglot (xref-backend-identifier-at-point 'eglot)))))
    (with-current-buffer (marker-buffer (xref-location-marker (xref-item-location place)))
      (goto-char (xref-location-marker (xref-item-location place)))
      (holds (expected 'definition 'lands) (buffer-substring (line-beginning-position) (line-end-position))))))

(check "M-? lists the mentions"
  (save-window-excursion
    (go-to (expected 'references 'words))
    (execute-kbd-macro (kbd "M-?"))
    (with-current-buffer (wait-for "the list" (lambda () (get-buffer "*xref*")))
      (seq-doseq (place (expected 'references 'lists))
        (holds place (buffer-string))))))

(check "M-x eglot-rename renames a person with the shorter forms"
  (go-to (expected 'rename 'words))
  (execute-kbd-macro (vconcat (kbd "M-x eglot-rename RET") (expected 'rename 'to) (kbd "RET")))
  (wait-for "the new name" (lambda () (string-search (expected 'rename 'to) (buffer-string))))
  (when (string-search (expected 'rename 'gone) (buffer-string))
    (error "`%s' is still there" (expected 'rename 'gone))))

(check "a fix puts it right"
  (let* ((begin (go-to (expected 'fix 'words)))
         (last-nonmenu-event t)
         (title (expected 'fix 'title)))
    (cl-letf (((symbol-function 'completing-read)
               (lambda (_prompt choices &rest _)
                 (or (cl-find-if (lambda (choice) (string-search title choice))
                                 (mapcar (lambda (choice) (if (consp choice) (car choice) choice)) (all-completions "" choices)))
                     (error "No fix names %s" title)))))
      (eglot-code-actions begin (+ begin (length (expected 'fix 'words))) nil t))
    (wait-for "the change" (lambda () (string-search (expected 'fix 'becomes) (buffer-string))))))

(check-letter
 (lambda () (run-hooks 'post-command-hook) (wait-for "the server" 'eglot-managed-p))
 (lambda (params) (plist-get (plist-get (jsonrpc-request (eglot-current-server) :textDocument/hover params) :contents) :value)))
(check-commands)

(check "the server stops"
  (let ((server (eglot-current-server)))
    (eglot-shutdown server)
    (wait-for "its end" (lambda () (not (jsonrpc-running-p server))))))

(set-buffer-modified-p nil)
(kill-emacs (if failed 1 0))
